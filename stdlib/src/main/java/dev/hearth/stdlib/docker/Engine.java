package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.Timeouts;
import dev.hearth.runtime.effect.http.Upgraded;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.json.FieldSelection;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API of one engine: calls in, data out, in the version that both speak. It says no in Hearth's
 * words. Safe from any thread; making one touches nothing.
 */
final class Engine {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** More than the largest answer that is no stream: the list of some ten thousand containers. */
  private static final long BODY_BYTES = 128L * 1024 * 1024;

  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO);

  /** For answers that come as long as somebody is there. */
  private static final Timeouts ENDLESS = PATIENT.read(Duration.ZERO);

  private final Connection connection;
  private final OpContext context;
  private @Nullable EngineRoute route; // guarded by this
  private @Nullable ApiVersion version; // guarded by this
  private @Nullable Afterwards afterwards; // guarded by this
  private boolean isPodman; // guarded by this

  Engine(Connection connection, OpContext context) {
    this.connection = connection;
    this.context = context;
  }

  private synchronized EngineRoute route() {
    var known = route;
    if (known == null) {
      known = EngineRoute.of(connection, context);
      route = known;
    }
    return known;
  }

  /** Where it is, for messages. */
  String place() {
    return route().place();
  }

  /** How it is reached, for programs that reach it themselves. */
  EngineConfiguration configuration() {
    return EngineConfiguration.of(connection);
  }

  /** The user's own folder of Docker's configuration, where it is not the usual one. */
  Optional<Path> configurationFolder() {
    return Optional.of(connection.settings().path(EngineConfiguration.FOLDER).asText(""))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of);
  }

  /** Whether a recipe spelled it out, and so chose who is spoken to. */
  boolean isOfRecipe() {
    return connection.explicit();
  }

  /** What the run can reach for the connection. */
  Effects effects() {
    return context.effects();
  }

  /** What the recipe itself can reach: for the files that it names. */
  Effects recipe() {
    return context.recipe();
  }

  Clock clock() {
    return context.effects().clock();
  }

  OpContext.Log log() {
    return context.log();
  }

  OpContext.Events events() {
    return context.events();
  }

  /** What the run waits for after work with it, however that ends. */
  synchronized Afterwards afterwards() {
    var known = afterwards;
    if (known == null) {
      known = context.forRun(Afterwards.class, Afterwards::new);
      afterwards = known;
    }
    return known;
  }

  /** The version in which it is spoken to; asked for once. */
  synchronized ApiVersion version() {
    var known = version;
    if (known == null) {
      known = negotiated();
      version = known;
    }
    return known;
  }

  /** Whether it is Podman's service, which speaks the API with an accent. */
  synchronized boolean isPodman() {
    var _ = version();
    return isPodman;
  }

  /** Fails where the engine is too old for what is asked. */
  void requireAtLeast(int major, int minor, String what) {
    if (!version().isAtLeast(major, minor)) {
      throw new HearthException(
          DockerError.API_TOO_OLD, version(), what, new ApiVersion(major, minor));
    }
  }

  /**
   * By the headers of a ping, as `docker` does it: Podman's service takes a second and more to
   * answer with its whole version. That is asked for where a ping does not tell enough.
   */
  private synchronized ApiVersion negotiated() {
    try (var response = exchange(PATIENT, EngineCall.get("/_ping"), "")) {
      var headers = response.headers();
      var newest =
          headers
              .first("Api-Version")
              .filter(told -> response.status() == 200)
              .flatMap(ApiVersion::parse)
              .filter(told -> told.compareTo(ApiVersion.LATEST) <= 0);
      if (newest.isPresent()) {
        isPodman = headers.first("Libpod-API-Version").isPresent();
        return spoken(newest.get());
      }
    }
    return negotiatedInWords();
  }

  private synchronized ApiVersion negotiatedInWords() {
    var call = EngineCall.get("/version");
    Answer answer;
    try (var response = exchange(PATIENT, call, "")) {
      answer = read(call, response);
    }
    var newest =
        ApiVersion.parse(answer.body().path("ApiVersion").asText())
            .orElseThrow(() -> notDocker().with("status", answer.status()));
    isPodman = answer.body().path("Components").path(0).path("Name").asText().startsWith("Podman");
    var usual = spoken(newest);
    return ApiVersion.parse(answer.body().path("MinAPIVersion").asText())
        .filter(least -> least.compareTo(usual) > 0)
        .orElse(usual);
  }

  private ApiVersion spoken(ApiVersion newest) {
    if (newest.compareTo(ApiVersion.OLDEST) < 0) {
      throw new HearthException(DockerError.ENGINE_TOO_OLD, place(), newest);
    }
    return newest.compareTo(ApiVersion.USUAL) < 0 ? newest : ApiVersion.USUAL;
  }

  /** The data of a good answer, JSON null where there was none. Fails for any other. */
  JsonNode json(EngineCall call) {
    return good(call, answer(call));
  }

  /** The same, of a call that answers with an object. */
  ObjectNode object(EngineCall call) {
    return object(call, json(call));
  }

  private ObjectNode object(EngineCall call, JsonNode answer) {
    if (answer instanceof ObjectNode object) {
      return object;
    }
    throw notDocker(call);
  }

  /** The same, of a call that answers with a list, which engines also write as null when empty. */
  ArrayNode list(EngineCall call) {
    return switch (json(call)) {
      case ArrayNode list -> list;
      case NullNode _ -> JsonNodeFactory.instance.arrayNode();
      default -> throw notDocker(call);
    };
  }

  /** The same, however long the engine takes to answer: for the end of a container. */
  JsonNode whenDone(EngineCall call) {
    try (var response = exchange(ENDLESS, call, prefix())) {
      return good(call, read(call, response));
    }
  }

  /**
   * What is wanted of the list that a good answer is, as text: thousands are never held as a tree.
   * Fails for any other answer.
   */
  JsonText listText(EngineCall call, FieldSelection wanted) {
    try (var response = exchange(PATIENT, call, prefix())) {
      if (response.status() != 200) {
        throw Refusals.of(call, read(call, response));
      }
      byte[] bytes = response.body().bytes(BODY_BYTES);
      try (var parser = MAPPER.createParser(bytes)) {
        var first = parser.nextToken();
        if (first == JsonToken.VALUE_NULL) {
          return new JsonText("[]");
        }
        if (first != JsonToken.START_ARRAY) {
          throw notDocker(call);
        }
        var text = new JsonText(copied(parser, bytes, wanted));
        if (parser.nextToken() != null) {
          throw notDocker(call);
        }
        return text;
      } catch (JacksonException e) {
        throw notDocker(call).causedBy(e);
      } catch (IOException e) {
        throw new IllegalStateException("Reading an array does no input.", e);
      }
    }
  }

  private static String copied(JsonParser parser, byte[] bytes, FieldSelection wanted)
      throws IOException {
    if (wanted.isAll()) {
      parser.skipChildren(); // which fails for what is no JSON
      return new String(bytes, StandardCharsets.UTF_8);
    }
    var text = new StringWriter();
    try (var generator = MAPPER.createGenerator(text)) {
      wanted.copy(parser, generator);
    }
    return text.toString();
  }

  /** The same as {@link #object}; empty where there is no such thing. */
  Optional<JsonNode> find(EngineCall call) {
    var answer = answer(call);
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(object(call, good(call, answer)));
  }

  private static JsonNode good(EngineCall call, Answer answer) {
    if (!answer.isGood()) {
      throw Refusals.of(call, answer);
    }
    return answer.body();
  }

  /** Any answer, good or not. */
  Answer answer(EngineCall call) {
    try (var response = exchange(PATIENT, call, prefix())) {
      return read(call, response);
    }
  }

  /**
   * A good answer whose body is read while it comes, however long that takes; the caller closes.
   */
  HttpResponse stream(EngineCall call) {
    var response = exchange(ENDLESS, call, prefix());
    if (response.status() < 200 || response.status() >= 300) {
      try (response) {
        throw Refusals.of(call, read(call, response));
      }
    }
    return response;
  }

  /** The stream that the connection becomes: of attach and exec. The caller closes it. */
  Upgraded upgrade(EngineCall call) {
    try {
      return route().http().timeouts(ENDLESS).upgrade(request(call, prefix()), "tcp");
    } catch (HearthException e) {
      if (e.code() != HttpError.NOT_UPGRADED) {
        throw explained(e);
      }
      var status = (Integer) e.details().getOrDefault("status", 0);
      throw Refusals.of(call, new Answer(status, parsed(String.valueOf(e.details().get("body")))));
    }
  }

  private String prefix() {
    return "/v" + version();
  }

  private HttpResponse exchange(Timeouts limits, EngineCall call, String prefix) {
    try {
      return route().http().timeouts(limits).send(request(call, prefix));
    } catch (HearthException e) {
      throw explained(e);
    }
  }

  private HttpRequest request(EngineCall call, String prefix) {
    var url = route().base() + prefix + call.target();
    var body = call.body();
    return new HttpRequest(call.method(), url, call.headers(), body);
  }

  /** In the words of who cannot reach an engine, where that is what happened. */
  private HearthException explained(HearthException e) {
    var reason = String.valueOf(e.details().getOrDefault("reason", ""));
    if (e.code() == NetError.SOCKET_REFUSED && reason.contains("Permission denied")) {
      return new HearthException(DockerError.SOCKET_DENIED, place()).causedBy(e);
    }
    boolean isGone =
        e.code() == NetError.SOCKET_NOT_FOUND
            || e.code() == NetError.SOCKET_REFUSED
            || e.code() == NetError.REFUSED;
    return isGone
        ? new HearthException(DockerError.UNREACHABLE, place())
            .with("reason", e.sentence())
            .causedBy(e)
        : e;
  }

  private Answer read(EngineCall call, HttpResponse response) {
    byte[] bytes = response.body().bytes(BODY_BYTES);
    // Podman says `OK` where Docker says nothing.
    boolean isWord =
        response.status() < 300
            && response
                .headers()
                .first("Content-Type")
                .map(type -> type.startsWith("text/plain"))
                .orElse(false);
    if (bytes.length == 0 || isWord) {
      return new Answer(response.status(), JsonNodeFactory.instance.nullNode());
    }
    try {
      return new Answer(response.status(), MAPPER.readTree(bytes));
    } catch (JacksonException e) {
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (response.status() >= 400) { // Podman's words where it lacks a part of the API
        return new Answer(response.status(), parsed(text));
      }
      if (response.headers().first("Content-Type").orElse("").startsWith("text/plain")) {
        return new Answer(response.status(), JsonNodeFactory.instance.textNode(text)); // `OK`
      }
      throw notDocker(call).with("status", response.status()).causedBy(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array does no input.", e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.objectNode().put("message", body.strip());
    }
  }

  private HearthException notDocker(EngineCall call) {
    return notDocker().with("call", call.toString());
  }

  private HearthException notDocker() {
    return new HearthException(DockerError.NOT_DOCKER, place());
  }
}
