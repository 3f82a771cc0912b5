package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.tls.ClientTls;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an {@link Http} behaves.
 *
 * @param tls whom it believes
 * @param proxies which contacts go through which proxy; simulated addresses and Unix sockets never
 *     do
 * @param timeouts for every exchange
 * @param perHost how many exchanges with one host and port may be open at once; more wait
 * @param redirects how many are followed before it is an error; 0 returns the redirect itself
 * @param userAgent what a request says when it has no such header
 */
public record HttpOptions(
    ClientTls tls,
    Proxies proxies,
    Timeouts timeouts,
    int perHost,
    int redirects,
    String userAgent) {

  private static final int PER_HOST = 64;
  private static final int REDIRECTS = 20;

  /**
   * What is usual: the system's authorities, the proxies of {@code HTTP_PROXY}, {@code HTTPS_PROXY}
   * and {@code NO_PROXY}, 64 exchanges per host, 20 redirects.
   *
   * @param environment looks up a variable
   */
  public static HttpOptions of(Function<String, Optional<String>> environment) {
    return new HttpOptions(
        ClientTls.system(environment),
        Proxies.of(environment),
        Timeouts.DEFAULT,
        PER_HOST,
        REDIRECTS,
        "Hearth");
  }

  /** The same without an environment. */
  public static HttpOptions usual() {
    return of(name -> Optional.empty());
  }

  public HttpOptions tls(ClientTls other) {
    return new HttpOptions(other, proxies, timeouts, perHost, redirects, userAgent);
  }

  public HttpOptions proxies(Proxies other) {
    return new HttpOptions(tls, other, timeouts, perHost, redirects, userAgent);
  }

  public HttpOptions timeouts(Timeouts other) {
    return new HttpOptions(tls, proxies, other, perHost, redirects, userAgent);
  }

  public HttpOptions perHost(int other) {
    return new HttpOptions(tls, proxies, timeouts, other, redirects, userAgent);
  }

  public HttpOptions redirects(int other) {
    return new HttpOptions(tls, proxies, timeouts, perHost, other, userAgent);
  }
}
