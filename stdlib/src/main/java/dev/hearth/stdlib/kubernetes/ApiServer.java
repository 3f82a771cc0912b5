package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.Proxies;
import dev.hearth.runtime.effect.http.Timeouts;
import dev.hearth.runtime.effect.http.Upgraded;
import dev.hearth.runtime.effect.http.WebSocket;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One API server and who speaks to it: requests in, JSON or streams out. It signs them, asks again
 * where that is safe, and says no in Hearth's words. Nothing that it sends goes to any other host.
 * Safe from any thread; making one touches nothing.
 */
final class ApiServer implements AutoCloseable {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** More than the largest answer that is no list: the server's own limit of an object is 3 MiB. */
  static final long BODY_BYTES = 64L * 1024 * 1024;

  private static final int AT_ONCE = 128;

  /** As kubectl does; the server keeps pages small for others, too. */
  static final int PAGE = 500;

  /** How often a list is begun anew that changed too much while its pages were read. */
  static final int RESTARTS = 3;

  /** The detail of a failure that says how long the server wants to be left alone. */
  static final String RETRY_AFTER = "retryAfterSeconds";

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofMinutes(5));

  /** For what may be quiet for long: watches, logs, commands. */
  static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(6), Duration.ZERO);

  /** For what is open for ever once it has been answered. */
  private static final Timeouts OPENING =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ZERO);

  private final Connection connection;
  private final OpContext context;
  private final Refusals refusals;
  private @Nullable Resolved resolved; // guarded by this
  private @Nullable Client client; // guarded by this
  private volatile boolean wasThere;

  /** A target with what signs for it. */
  private record Resolved(Target target, ServerAddress address, Credentials credentials) {}

  /** HTTP with one certificate of the client. */
  private record Client(Http http, Optional<Credentials.Certificate> certificate) {}

  ApiServer(Connection connection, OpContext context) {
    this.connection = connection;
    this.context = context;
    this.refusals = new Refusals(connection.name());
  }

  /** Where objects are that name no namespace. */
  String namespace() {
    return resolved().target().namespace();
  }

  String connectionName() {
    return connection.name();
  }

  /** Who it comes as, for messages: {@code The user `admin`}. */
  String user() {
    return resolved().target().user();
  }

  /** How other programs come to it; empty where no kubeconfig of the user has it. */
  Optional<Target.ForPrograms> programs() {
    return Optional.ofNullable(resolved().target().programs());
  }

  String address() {
    return resolved().address().base();
  }

  /** Whether it ever answered. */
  boolean wasThere() {
    return wasThere;
  }

  Clock clock() {
    return context.effects().clock();
  }

  OpContext.Log log() {
    return context.log();
  }

  Effects effects() {
    return context.effects();
  }

  OpContext context() {
    return context;
  }

  /** Resolved at first use where a recipe spelled the connection out: then as the recipe may. */
  private synchronized Resolved resolved() {
    var known = resolved;
    if (known == null) {
      var whole = ClusterConfiguration.completed(connection, context.effects());
      var target = Targets.of(whole);
      var credentials = new Credentials(target, context.effects());
      known = new Resolved(target, ServerAddress.parse(target.server()), credentials);
      resolved = known;
    }
    return known;
  }

  /** The JSON of a good answer; null JSON when there is no body. */
  JsonNode json(ApiCall call) {
    return json(call, Outage.ofCall(this));
  }

  /** The same, for somebody with more or less patience. */
  JsonNode json(ApiCall call, Outage outage) {
    return read(call, BODY_BYTES, outage, parser -> parser.readValueAsTree());
  }

  /** The JSON of a good answer; empty where there is no such thing. */
  Optional<JsonNode> find(ApiCall call) {
    return find(call, Outage.ofCall(this));
  }

  /** The same, for somebody with more or less patience. */
  Optional<JsonNode> find(ApiCall call, Outage outage) {
    try {
      return Optional.of(json(call, outage));
    } catch (HearthException e) {
      if (e.code() == KubernetesError.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** All objects of a list, which is read in pages, and anew when it changed too much meanwhile. */
  List<JsonNode> items(ApiCall list) {
    return items(list, Outage.ofCall(this));
  }

  /** The same, for somebody with more or less patience. */
  List<JsonNode> items(ApiCall list, Outage outage) {
    for (int restarts = 0; ; restarts++) {
      try {
        return allPages(list, outage);
      } catch (HearthException e) {
        if (!isExpired(e)) {
          throw e;
        }
        if (restarts == RESTARTS) {
          throw new HearthException(KubernetesError.LIST_EXPIRED, list.subject()).causedBy(e);
        }
      }
    }
  }

  private List<JsonNode> allPages(ApiCall list, Outage outage) {
    var all = new ArrayList<JsonNode>();
    String token = null;
    do {
      var page = json(list.param("limit", PAGE).param("continue", token), outage);
      page.path("items").forEach(all::add);
      token = continueToken(page);
    } while (token != null);
    return all;
  }

  /** Where the next page of a list begins; null for no more. */
  static @Nullable String continueToken(JsonNode page) {
    var token = page.path("metadata").path("continue").asText("");
    return token.isEmpty() ? null : token;
  }

  /** Whether the server has forgotten the version that it was asked for. */
  static boolean isExpired(HearthException failure) {
    return Integer.valueOf(410).equals(failure.details().get("status"));
  }

  /** Reads the JSON of a good answer. */
  interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * What {@code reading} makes of the JSON of a good answer, while it arrives; once more for a read
   * that broke off.
   *
   * @param limitBytes how large the answer may be
   */
  <T> T read(ApiCall call, long limitBytes, Reading<T> reading) {
    return read(call, limitBytes, Outage.ofCall(this), reading);
  }

  /** The same, for somebody with more or less patience. */
  <T> T read(ApiCall call, long limitBytes, Outage outage, Reading<T> reading) {
    while (true) {
      try (var answer = open(call, TIMEOUTS, outage)) {
        var read = parsed(call, answer, limitBytes, reading);
        outage.over();
        return read;
      } catch (HearthException e) {
        sitOut(call, outage, e);
      }
    }
  }

  private <T> T parsed(ApiCall call, HttpResponse answer, long limitBytes, Reading<T> reading) {
    var body = new CountedBody(answer.body().stream(), limitBytes);
    try (var parser = MAPPER.createParser(body)) {
      return reading.read(parser);
    } catch (JacksonException e) {
      throw new HearthException(KubernetesError.NOT_KUBERNETES, call, "its answer is no JSON")
          .with("status", answer.status());
    } catch (CountedBody.TooLarge e) {
      throw new HearthException(HttpError.BODY_TOO_LARGE, "the answer of " + call, limitBytes)
          .causedBy(e);
    } catch (InterruptedIOException e) {
      throw new HearthException(KubernetesError.INTERRUPTED, "`" + call + "`").causedBy(e);
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted()
          ? new HearthException(KubernetesError.INTERRUPTED, "`" + call + "`").causedBy(e)
          : new HearthException(HttpError.BODY_BROKE_OFF, call).causedBy(e);
    }
  }

  /** A good answer whose body is read by the caller, who closes it. */
  HttpResponse stream(ApiCall call, Outage outage, Timeouts timeouts) {
    while (true) {
      try {
        return open(call, timeouts, outage);
      } catch (HearthException e) {
        sitOut(call, outage, e);
      }
    }
  }

  private HttpResponse open(ApiCall call, Timeouts timeouts, Outage outage) {
    for (boolean refreshed = false; ; refreshed = true) {
      var limits = outage.within(timeouts);
      var http = timeouts.call().isZero() ? client().http().apart() : client().http();
      var request = request(call);
      var answer = http.timeouts(limits).send(request);
      wasThere = true;
      if (answer.status() / 100 == 2) {
        return answer;
      }
      var wait = retryAfter(answer);
      var failure = explained(refusals.of(call, answer, outage.attempt())); // which closes it
      if (answer.status() == 401 && !refreshed && refresh(request)) {
        continue;
      }
      throw wait.isPresent() && !call.evicts()
          ? failure.with(RETRY_AFTER, wait.get().toSeconds())
          : failure;
    }
  }

  /** How long to wait until the server may be asked again: it did nothing yet. */
  private static Optional<Duration> retryAfter(HttpResponse answer) {
    if (answer.status() != 429 && answer.status() != 503) {
      return Optional.empty();
    }
    return answer
        .headers()
        .first("Retry-After")
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(wait -> wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait);
  }

  /** Waits for the next attempt, where there may be one. */
  private static void sitOut(ApiCall call, Outage outage, HearthException failure) {
    if (!call.isRepeatable() && !Outage.isUndone(failure)) {
      throw failure;
    }
    try {
      outage.sitOut(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "`" + call + "`").causedBy(e);
    }
  }

  /** Clusters do not say why they accept nobody, and most often it is the time that went by. */
  private HearthException explained(HearthException failure) {
    if (failure.code() != KubernetesError.UNAUTHORIZED) {
      return failure;
    }
    return resolved()
        .credentials()
        .expired()
        .map(
            end ->
                failure
                    .hint(
                        "Its client certificate ended at %s: fetch the cluster's kubeconfig anew, after `kubeadm certs renew` or the like."
                            .formatted(end))
                    .with("certificateEnd", end.toString()))
        .orElse(failure);
  }

  /** Whether there are other credentials than a request had that was refused. */
  private boolean refresh(HttpRequest refused) {
    return resolved().credentials().refresh(refused.headers().first("Authorization").orElse(""));
  }

  private HttpRequest request(ApiCall call) {
    var to = resolved();
    var headers = to.credentials().sign(call.headers());
    return new HttpRequest(
        call.method(), to.address().base() + call.target(), headers, call.body());
  }

  /**
   * Opens a WebSocket, as for commands in pods.
   *
   * @param protocols subprotocols, most wanted first
   */
  WebSocket webSocket(ApiCall call, List<String> protocols) {
    return upgraded(
        call,
        request ->
            client()
                .http()
                .apart()
                .timeouts(OPENING)
                .webSocket(request.header("Sec-WebSocket-Protocol", String.join(", ", protocols))));
  }

  /** Asks for another protocol, such as {@code SPDY/3.1}, and hands the stream over. */
  Upgraded upgrade(ApiCall call, String protocol) {
    return upgraded(
        call, request -> client().http().apart().timeouts(OPENING).upgrade(request, protocol));
  }

  private <T> T upgraded(ApiCall call, Function<HttpRequest, T> opening) {
    var request = request(call);
    try {
      return opening.apply(request);
    } catch (HearthException e) {
      if (e.code() != HttpError.NOT_UPGRADED) {
        throw e;
      }
      if (Integer.valueOf(401).equals(e.details().get("status")) && refresh(request)) {
        return opening.apply(request(call));
      }
      throw explained(refusals.ofUpgrade(call, e));
    }
  }

  private synchronized Client client() {
    var certificate = resolved().credentials().certificate();
    var known = client;
    if (known == null || !known.certificate().equals(certificate)) {
      if (known != null) {
        known.http().close();
      }
      known = new Client(http(certificate), certificate);
      client = known;
    }
    return known;
  }

  private Http http(Optional<Credentials.Certificate> certificate) {
    var target = resolved().target();
    var net = context.effects().net();
    // No redirect is followed: a token is for the server that the connection names.
    var options = HttpOptions.usual().perHost(AT_ONCE).redirects(0).timeouts(TIMEOUTS);
    ClientTls tls;
    if (target.fingerprint() != null) {
      tls = ClientTls.pinned(Fingerprint.parse(target.fingerprint()));
    } else if (target.ca() != null) {
      tls = ClientTls.authorities(target.ca());
    } else {
      tls = ClientTls.system(net::userSetting);
    }
    if (certificate.isPresent()) {
      tls = tls.identity(certificate.get().pem(), certificate.get().key());
    }
    if (target.tlsServerName() != null) {
      tls = tls.named(target.tlsServerName());
    }
    options = options.tls(tls);
    return Http.over(
        net, target.proxy() == null ? options : options.proxies(Proxies.always(target.proxy())));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.http().close();
    }
  }
}
