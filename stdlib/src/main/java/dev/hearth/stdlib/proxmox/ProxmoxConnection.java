package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.Timeouts;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.effect.tls.TlsError;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * The API of one Proxmox VE: requests in, data out. It signs them, waits for locks, and says no in
 * Hearth's words. Safe from any thread; making one touches nothing.
 */
final class ProxmoxConnection {
  /** More than the largest answer that is no file: the configuration of a whole cluster. */
  private static final long BODY_BYTES = 32L * 1024 * 1024;

  /** The server's three workers answer more slowly when more than a few are asked at once. */
  private static final int AT_ONCE = 6;

  /** Proxmox's own proxy gives up after 30 s; what a node does itself can take longer. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(5));

  private static final int LOST_ANSWERS = 4;

  /** How a connection ends that was there; a server that cannot be reached is told at once. */
  private static final Set<ErrorCode> LOST =
      Set.of(HttpError.CONNECTION_LOST, HttpError.BODY_BROKE_OFF);

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String PIN =
      "If it is the right machine, pin its fingerprint %s with `HEARTH_PROXMOX_FINGERPRINT`, or with"
          + " `--fingerprint` of `hearth connect add`; `pvenode cert info` shows it there.";

  private final ApiAddress address;
  private final Http http;
  private final Clock clock;
  private final OpContext.Log log;
  private final OpContext.Events events;
  private final OpContext.Waits waits;
  private final Authentication authentication;
  private final String secretField;
  private final Refusals refusals;
  private final Lanes lanes;

  /** The connection with the usual time-outs; fails when its configuration makes no sense. */
  ProxmoxConnection(Connection connection, OpContext context) {
    this(connection, context, TIMEOUTS, new Lanes());
  }

  /** The connection, in more or less of a hurry. */
  ProxmoxConnection(Connection connection, OpContext context, Timeouts timeouts) {
    this(connection, context, timeouts, new Lanes());
  }

  /** The connection, beside others of this process that go through the same lanes. */
  ProxmoxConnection(Connection connection, OpContext context, Lanes lanes) {
    this(connection, context, TIMEOUTS, lanes);
  }

  private ProxmoxConnection(
      Connection connection, OpContext context, Timeouts timeouts, Lanes lanes) {
    this.lanes = lanes;
    var effects = context.effects();
    this.address = address(connection);
    this.clock = effects.clock();
    this.log = context.log();
    this.events = context.events();
    this.waits = context.waits();
    var options =
        HttpOptions.usual().timeouts(timeouts).perHost(AT_ONCE).redirects(0); // no API redirects
    this.http = Http.over(effects.net(), tls(connection).map(options::tls).orElse(options));
    this.authentication = authentication(connection);
    this.secretField = secret(connection, "token").isPresent() ? "token" : "password";
    this.refusals = new Refusals(connection.name(), authentication.identity());
  }

  private ProxmoxConnection(ProxmoxConnection other, Authentication authentication, String name) {
    this.address = other.address;
    this.clock = other.clock;
    this.log = other.log;
    this.events = other.events;
    this.waits = other.waits;
    this.http = other.http;
    this.authentication = authentication;
    this.lanes = other.lanes;
    this.secretField = "token";
    this.refusals = new Refusals(name, authentication.identity());
  }

  /** The same Proxmox for whoever has this token. */
  ProxmoxConnection as(Secret token) {
    var login = new TokenAuthentication("token", token);
    return new ProxmoxConnection(this, login, login.identity().name());
  }

  /** Where a connection leads. */
  static ApiAddress address(Connection connection) {
    try {
      return ApiAddress.parse(connection.settings().path("url").asText());
    } catch (HearthException e) {
      throw e.with("field", "url");
    }
  }

  /** The field of the connection that proves who it is. */
  String secretField() {
    return secretField;
  }

  private static Optional<ClientTls> tls(Connection connection) {
    var fingerprint = connection.settings().path("fingerprint").asText("");
    return fingerprint.isBlank()
        ? Optional.empty()
        : Optional.of(ClientTls.pinned(Fingerprint.parse(fingerprint)));
  }

  private Authentication authentication(Connection connection) {
    requireCredentials(connection);
    var name = connection.name();
    return secret(connection, "token")
        .<Authentication>map(token -> new TokenAuthentication(name, token))
        .orElseGet(
            () ->
                new TicketAuthentication(
                    name,
                    user(connection),
                    secret(connection, "password").orElseThrow(),
                    clock,
                    this::unsigned));
  }

  /** Fails when there is neither a token nor a user with a password. */
  static void requireCredentials(Connection connection) {
    var isLogin = !user(connection).isBlank() && secret(connection, "password").isPresent();
    if (!isLogin && secret(connection, "token").isEmpty()) {
      var missing = new HearthException(ProxmoxError.CREDENTIALS_MISSING, connection.name());
      throw connection.origin() == Connection.Origin.ENVIRONMENT
          ? missing.hint(
              "Set `HEARTH_PROXMOX_TOKEN` to an API token, as USER@REALM!TOKENID=UUID; or"
                  + " `HEARTH_PROXMOX_USER` and `HEARTH_PROXMOX_PASSWORD`.")
          : missing;
    }
  }

  private static String user(Connection connection) {
    return connection.settings().path("user").asText("");
  }

  private static Optional<Secret> secret(Connection connection, String name) {
    return Optional.ofNullable(connection.secrets().get(name))
        .filter(secret -> !secret.reveal().isBlank());
  }

  Identity identity() {
    return authentication.identity();
  }

  Clock clock() {
    return clock;
  }

  OpContext.Log log() {
    return log;
  }

  OpContext.Events events() {
    return events;
  }

  Lanes lanes() {
    return lanes;
  }

  /** Who is told of waits in {@link #lanes}. */
  Lanes.Teller teller() {
    return new Lanes.Teller(clock, log, waits);
  }

  /** The data of a good answer; waits for locks, and asks again when a read was lost. */
  JsonNode data(ApiCall call) {
    return data(call, words -> {});
  }

  /**
   * The same, for who wants to know.
   *
   * @param contended is told the words of each lock that was lost
   */
  JsonNode data(ApiCall call, Consumer<String> contended) {
    var patience = new Patience(clock, log, call);
    int lost = 0;
    while (true) {
      Answer answer;
      try {
        answer = answer(call);
      } catch (HearthException e) {
        if (!call.reads() || !LOST.contains(e.code()) || ++lost >= LOST_ANSWERS) {
          throw e;
        }
        patience.pause(e.sentence());
        continue;
      }
      if (answer.isGood()) {
        return answer.data();
      }
      boolean isContention = answer.status() == 500 && KnownWords.isContention(answer.words());
      boolean again = call.reads() && Refusals.isLost(answer) && ++lost < LOST_ANSWERS;
      if (isContention && patience.isOver()) {
        throw patience.exhausted(answer.words());
      }
      if (!isContention && !again) {
        throw refusals.of(call, answer);
      }
      if (isContention) {
        contended.accept(answer.words());
      }
      patience.pause(answer.words());
    }
  }

  /** Sends a form with a file in it. It goes once: what streams cannot be sent again. */
  JsonNode upload(ApiCall call, String contentType, HttpBody body) {
    var request =
        HttpRequest.of("POST", address.url(call.path()))
            .header("Content-Type", contentType)
            .body(body);
    try (var response = http.send(authentication.sign(request, true))) {
      var answer = read(call, response);
      if (answer.isGood()) {
        return answer.data();
      }
      throw refusals.of(call, answer);
    }
  }

  /** A file that the server shows to everybody; it is asked for without credentials. */
  byte[] file(String path, long mostBytes) {
    var request = HttpRequest.of("GET", "https://" + address.net() + path);
    try (var response = http.send(request)) {
      if (response.status() != 200) {
        throw new HearthException(ProxmoxError.API_MISSING, "GET " + path)
            .with("status", response.status());
      }
      return response.body().bytes(mostBytes);
    }
  }

  /** Where it leads. */
  NetAddress place() {
    return address.net();
  }

  private Answer answer(ApiCall call) {
    var answer = exchange(call, true);
    return answer.status() == 401 && authentication.refresh() ? exchange(call, true) : answer;
  }

  private Answer unsigned(ApiCall call) {
    return exchange(call, false);
  }

  private Answer exchange(ApiCall call, boolean signed) {
    return call.reads() ? exchanged(call, signed) : toTheEnd(call, signed);
  }

  /**
   * A write that has begun is heard to its end, also when the run is stopped meanwhile: nobody
   * could take back what nobody knows of.
   */
  private Answer toTheEnd(ApiCall call, boolean signed) {
    if (Thread.currentThread().isInterrupted()) {
      throw new HearthException(ProxmoxError.INTERRUPTED, call);
    }
    var exchange = new FutureTask<>(() -> exchanged(call, signed));
    Thread.ofVirtual().name("proxmox-write").start(exchange);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return exchange.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HearthException deliberate
          ? deliberate
          : new IllegalStateException("The request broke.", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Answer exchanged(ApiCall call, boolean signed) {
    var request = request(call);
    var sent = signed ? authentication.sign(request, !call.reads()) : request;
    try (var response = http.send(sent)) {
      return read(call, response);
    } catch (HearthException e) {
      throw e.code() == TlsError.UNTRUSTED
          ? e.hint(PIN.formatted(e.details().get("fingerprint")))
          : e;
    }
  }

  private HttpRequest request(ApiCall call) {
    var url = address.url(call.path());
    var params = FormText.of(call.params());
    boolean inBody = call.method().equals("POST") || call.method().equals("PUT");
    if (inBody) {
      return HttpRequest.of(call.method(), url)
          .header("Content-Type", FORM)
          .body(HttpBody.of(params));
    }
    return HttpRequest.of(call.method(), params.isEmpty() ? url : url + "?" + params);
  }

  private Answer read(ApiCall call, HttpResponse response) {
    byte[] bytes = response.body().bytes(BODY_BYTES);
    if (bytes.length == 0 && (response.status() >= 400)) {
      return new Answer(response.status(), response.reason(), MAPPER.createObjectNode());
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode body) {
        return new Answer(response.status(), response.reason(), body);
      }
    } catch (JacksonException e) {
      throw notProxmox(call, response, bytes).causedBy(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array does no input.", e);
    }
    throw notProxmox(call, response, bytes);
  }

  private HearthException notProxmox(ApiCall call, HttpResponse response, byte[] bytes) {
    int excerpt = Math.min(bytes.length, 500);
    return new HearthException(ProxmoxError.NOT_PROXMOX, address.net(), call)
        .with("status", response.status())
        .with("reason", response.reason())
        .with("body", new String(bytes, 0, excerpt, StandardCharsets.UTF_8));
  }
}
