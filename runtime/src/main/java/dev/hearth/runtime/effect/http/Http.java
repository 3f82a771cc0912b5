package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for bindings: blocking, over a {@link Net}, with pinning, proxies, redirects and limits.
 * Interrupting the thread ends what it waits for. Keep one for as long as its options hold; it
 * shares connections. Everything fails with a {@link HearthException} of {@link HttpError}, {@link
 * dev.hearth.runtime.effect.NetError} or {@link dev.hearth.runtime.effect.tls.TlsError}.
 *
 * <p>https to an address inside this process goes without TLS to the same host and port, and nobody
 * can tell.
 */
public final class Http implements AutoCloseable {
  private static final int EXCERPT_BYTES = 64 * 1024;

  private final Shared shared;
  private final Timeouts timeouts;
  private final boolean isApart;

  /** What clients that differ in their time-outs have in common. */
  private static final class Shared {
    private final Net net;
    private final @Nullable Path unixSocket;
    private final HttpOptions options;
    private final Map<NetAddress, Semaphore> hosts = new ConcurrentHashMap<>();
    private @Nullable Contacts contacts; // guarded by this

    private Shared(Net net, @Nullable Path unixSocket, HttpOptions options) {
      this.net = net;
      this.unixSocket = unixSocket;
      this.options = options;
    }

    private synchronized Contacts contacts() {
      var made = contacts;
      if (made == null) {
        made = new Contacts(net, unixSocket, options);
        contacts = made;
      }
      return made;
    }

    private synchronized void close() {
      if (contacts != null) {
        contacts.close();
      }
    }
  }

  private Http(Shared shared, Timeouts timeouts, boolean isApart) {
    this.shared = shared;
    this.timeouts = timeouts;
    this.isApart = isApart;
  }

  /** A client that goes wherever its URLs say. */
  public static Http over(Net net, HttpOptions options) {
    return new Http(new Shared(net, null, options), options.timeouts(), false);
  }

  /** A client that always goes to one Unix socket; of its URLs only path and query count. */
  public static Http overUnix(Net net, Path socket, HttpOptions options) {
    return new Http(new Shared(net, socket, options), options.timeouts(), false);
  }

  /** The same client, with the same connections, in more or less of a hurry. */
  public Http timeouts(Timeouts other) {
    return new Http(shared, other, isApart);
  }

  /**
   * The same client, for answers that go on for long: each has a connection of its own, so that one
   * that nobody reads holds up no other, and none counts among the exchanges that a host may have
   * open at once.
   */
  public Http apart() {
    return new Http(shared, timeouts, true);
  }

  /**
   * Sends a request, follows redirects, and returns as soon as the head of the answer is there,
   * whatever its status. The body is read while it arrives; close the response, or read its body to
   * the end, to give the connection back.
   */
  public HttpResponse send(HttpRequest request) {
    var current = request;
    for (int redirects = 0; ; redirects++) {
      var url = url(current);
      var answer = sendOnce(current, url);
      if (shared.options.redirects() == 0) {
        return answer;
      }
      var next = nextOrClose(current, url, answer);
      if (next == null) {
        return answer;
      }
      if (redirects == shared.options.redirects()) {
        throw new HearthException(HttpError.TOO_MANY_REDIRECTS, request, redirects);
      }
      current = next;
    }
  }

  private static @Nullable HttpRequest nextOrClose(
      HttpRequest request, HttpUrl url, HttpResponse answer) {
    try {
      var next = Redirects.next(request, url, answer);
      next.ifPresent(there -> answer.close());
      return next.orElse(null);
    } catch (HearthException e) {
      answer.close();
      throw e;
    }
  }

  private HttpResponse sendOnce(HttpRequest request, HttpUrl url) {
    var permit = permit(request, url);
    try {
      var contacts = shared.contacts();
      var exchange =
          contacts.exchange(request, url, timeouts, isApart ? Contacts.HTTP_1 : Contacts.ANY_HTTP);
      return Messages.incoming(request, exchange, permit);
    } catch (RuntimeException | Error e) {
      permit.run();
      throw e;
    }
  }

  /**
   * Asks the server to change the protocol, as Docker's attach and WebSocket do, and hands over the
   * stream. Any other answer than 101 fails with {@link HttpError#NOT_UPGRADED}, with the answer in
   * the details.
   *
   * @param protocol what to change to, such as {@code tcp} or {@code websocket}
   */
  public Upgraded upgrade(HttpRequest request, String protocol) {
    var asking = request.header("Connection", "Upgrade").header("Upgrade", protocol);
    var url = url(asking);
    var permit = permit(asking, url);
    try {
      var exchange = shared.contacts().exchange(asking, url, timeouts, Contacts.HTTP_1);
      var socket = exchange.response().socket();
      if (socket == null) {
        var refusal = notUpgraded(request, Messages.incoming(request, exchange, () -> {}));
        // Who passes such a request on, as API servers do, may end the connection without a word.
        shared.contacts().forgetIdle();
        throw refusal;
      }
      var peer =
          shared.unixSocket == null
              ? Contacts.address(url).toString()
              : "unix:" + shared.unixSocket;
      return new Upgraded(
          Messages.head(exchange.response()), new UpgradedStream(socket, peer, permit));
    } catch (RuntimeException | Error e) {
      permit.run();
      throw e;
    }
  }

  /** Opens a WebSocket that takes messages up to {@link WebSocket#DEFAULT_LIMIT_BYTES}. */
  public WebSocket webSocket(HttpRequest request) {
    return webSocket(request, WebSocket.DEFAULT_LIMIT_BYTES);
  }

  /**
   * Opens a WebSocket. Subprotocols are offered by the request's {@code Sec-WebSocket-Protocol}.
   *
   * @param limitBytes the largest message that is taken
   */
  public WebSocket webSocket(HttpRequest request, long limitBytes) {
    return WebSocketHandshake.open(this, request, limitBytes);
  }

  private static HearthException notUpgraded(HttpRequest request, HttpResponse answer) {
    try (answer) {
      return new HearthException(HttpError.NOT_UPGRADED, request, answer.status(), answer.reason())
          .with("status", answer.status())
          .with("reason", answer.reason())
          .with(
              "body",
              new String(
                  answer.body().bytes(EXCERPT_BYTES), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static HttpUrl url(HttpRequest request) {
    var target = request.target().replaceFirst("^(?i)ws(s?:)", "http$1");
    var url = HttpUrl.parse(target);
    if (url == null) {
      throw new HearthException(HttpError.URL_MALFORMED, request.path());
    }
    return url;
  }

  /** Waits until the host may get one more exchange; running the result says that it is over. */
  private Runnable permit(HttpRequest request, HttpUrl url) {
    if (isApart) {
      return () -> {};
    }
    var permits =
        shared.hosts.computeIfAbsent(
            Contacts.address(url), host -> new Semaphore(shared.options.perHost(), true));
    try {
      var limit = timeouts.call();
      if (limit.isZero()) {
        permits.acquire();
      } else if (!permits.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HearthException(HttpError.TIMEOUT, request, timeouts);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(HttpError.INTERRUPTED, request).causedBy(e);
    }
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        permits.release();
      }
    };
  }

  /** Closes the connections that nobody uses. */
  @Override
  public void close() {
    shared.close();
  }
}
