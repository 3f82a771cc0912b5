package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Once;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.effect.tls.ClientTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Single exchanges by OkHttp, each over streams of a {@link Net}. Here is all that Hearth says to
 * OkHttp's machinery; redirects, limits and the rest are above.
 */
final class Contacts {
  static final List<Protocol> ANY_HTTP = List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
  static final List<Protocol> HTTP_1 = List.of(Protocol.HTTP_1_1);

  /** Below the five seconds after which Node and Apache, for example, drop a quiet connection. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  /** The same request twice does no more than once, so one that was lost may be sent again. */
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Net net;
  private final @Nullable Path unixSocket;
  private final HttpOptions options;
  private final ConnectionPool pool;
  private final OkHttpClient base;
  private final Supplier<TlsSockets> tls;
  private final Supplier<Tls> proxyTls;
  private final Proxies proxies;

  Contacts(Net net, @Nullable Path unixSocket, HttpOptions options) {
    this.net = net;
    this.unixSocket = unixSocket;
    this.options = options;
    this.pool = new ConnectionPool(options.idle(), KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
    var system = ClientTls.system(net::userSetting);
    this.tls = new Once<>(() -> new TlsSockets(options.tls().orElse(system).tls(List.of())));
    this.proxyTls = new Once<>(() -> system.tls(List.of())); // whomever the servers behind it have
    this.proxies = options.proxies().orElseGet(() -> Proxies.of(net::userSetting));
    this.base =
        new OkHttpClient.Builder()
            .connectionPool(pool)
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .dns(Contacts::standIn)
            .hostnameVerifier((host, session) -> true) // TlsSockets has it done by the JDK
            .followRedirects(false)
            .followSslRedirects(false)
            .fastFallback(false) // Net tries the addresses, on the caller's thread
            .build();
  }

  /**
   * OkHttp wants an address per host before it connects. Nothing connects to this one; it differs
   * from host to host, so that no connection of one host is taken for another's.
   */
  private static List<InetAddress> standIn(String host) throws UnknownHostException {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8));
      return List.of(InetAddress.getByAddress(host, Arrays.copyOf(digest, 16)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /**
   * An answer that has begun.
   *
   * @param abort ends it from any thread, with its connection; whoever reads its body fails then
   */
  record Exchange(Response response, Runnable abort) {}

  /**
   * One exchange.
   *
   * @param url where the request says it goes, with the scheme http or https
   */
  Exchange exchange(HttpRequest request, HttpUrl url, Timeouts limits, List<Protocol> protocols) {
    var target = address(url);
    boolean inside = unixSocket == null && net.isInProcess(target);
    boolean direct = unixSocket != null || inside;
    var proxy = direct ? Optional.<Proxies.Proxy>empty() : proxies.find(url.isHttps(), target);
    var first = proxy.map(Proxies.Proxy::address).orElse(target);
    // What SOCKS is asked for is done with before there is a request.
    var asked = proxy.filter(each -> each.kind() != Proxies.Kind.SOCKS5);
    var credentials = asked.flatMap(ProxyCredentials::of);
    var progress = new Progress();
    var client =
        base.newBuilder()
            .protocols(protocols)
            .eventListener(progress)
            .retryOnConnectionFailure(REPEATABLE.contains(request.method()))
            .connectTimeout(limits.connect())
            .readTimeout(limits.read())
            .writeTimeout(limits.read())
            .callTimeout(limits.call())
            .socketFactory(new Dialer(target, first, () -> dial(target, proxy, limits)))
            .proxy(asked.map(Contacts::okProxy).orElse(java.net.Proxy.NO_PROXY))
            .proxyAuthenticator(
                credentials.map(Authenticator.class::cast).orElse(Authenticator.NONE));
    if (url.isHttps() && !inside) {
      client
          .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
          .sslSocketFactory(tls.get(), TlsSockets.NO_JUDGE);
    }
    var wire = inside ? url.newBuilder().scheme("http").port(url.port()).build() : url;
    var outgoing = Messages.outgoing(request, url, wire, options.userAgent());
    if (!url.isHttps() && credentials.isPresent()) {
      outgoing = credentials.get().addTo(outgoing); // with https, only the tunnel's request has it
    }
    return execute(
        client.build(), outgoing, e -> failure(request, target, proxy, progress, limits, e));
  }

  private interface Explain {
    HearthException explain(IOException e);
  }

  private static Exchange execute(OkHttpClient client, Request outgoing, Explain explain) {
    var call = client.newCall(outgoing);
    try {
      return new Exchange(call.execute(), call::cancel);
    } catch (IOException e) {
      throw explain.explain(e);
    }
  }

  private static HearthException failure(
      HttpRequest request,
      NetAddress target,
      Optional<Proxies.Proxy> proxy,
      Progress progress,
      Timeouts limits,
      IOException e) {
    var failure = Failures.ofCall(request, target, e, limits);
    if (proxy.isPresent() && !progress.connected && failure.code() == HttpError.CONNECTION_LOST) {
      var through = proxy.get().address();
      return Failures.because(new HearthException(HttpError.PROXY_FAILED, target, through), e);
    }
    return failure;
  }

  private NetStream dial(NetAddress target, Optional<Proxies.Proxy> proxy, Timeouts limits) {
    if (unixSocket != null) {
      return net.connect(unixSocket);
    }
    return proxy
        .map(through -> dial(target, through, limits))
        .orElseGet(() -> net.connect(target, null));
  }

  private NetStream dial(NetAddress target, Proxies.Proxy proxy, Timeouts limits) {
    var stream = net.connectVia(proxy.address(), target);
    return switch (proxy.kind()) {
      case HTTP -> stream;
      case HTTPS -> proxyTls.get().client(stream, proxy.address(), limits.connect());
      case SOCKS5 -> {
        lead(stream, proxy, target);
        yield stream;
      }
    };
  }

  private static void lead(NetStream stream, Proxies.Proxy proxy, NetAddress target) {
    try {
      Socks.lead(stream, proxy, target);
    } catch (IOException e) {
      var failure =
          Failures.because(new HearthException(HttpError.PROXY_FAILED, target, proxy.address()), e);
      try (stream) {
        throw failure;
      } catch (IOException closing) {
        failure.addSuppressed(closing);
        throw failure;
      }
    }
  }

  private static java.net.Proxy okProxy(Proxies.Proxy proxy) {
    var address = proxy.address();
    return new java.net.Proxy(
        java.net.Proxy.Type.HTTP,
        InetSocketAddress.createUnresolved(address.host(), address.port()));
  }

  static NetAddress address(HttpUrl url) {
    try {
      return new NetAddress(url.host(), url.port());
    } catch (IllegalArgumentException e) {
      throw new HearthException(HttpError.URL_MALFORMED, url.redact()).causedBy(e);
    }
  }

  /** Has the next exchange begin with a connection of its own. */
  void forgetIdle() {
    pool.evictAll();
  }

  void close() {
    pool.evictAll();
  }
}
