package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.tls.ClientTls;
import java.util.Optional;

/**
 * How an {@link Http} behaves.
 *
 * @param tls whom it believes; empty for the authorities of the system or of {@code SSL_CERT_FILE}
 * @param proxies which contacts go through which proxy; empty for what {@code HTTPS_PROXY} and its
 *     like say. Simulated addresses and Unix sockets never go through one
 * @param timeouts for every exchange
 * @param perHost how many exchanges with one host and port may be open at once; more wait
 * @param redirects how many are followed before it is an error; 0 returns the redirect itself
 * @param userAgent what a request says when it has no such header
 */
public record HttpOptions(
    Optional<ClientTls> tls,
    Optional<Proxies> proxies,
    Timeouts timeouts,
    int perHost,
    int redirects,
    String userAgent) {

  private static final int PER_HOST = 64;
  private static final int REDIRECTS = 20;

  /**
   * What is usual: authorities and proxies as the user's environment says, 64 exchanges per host,
   * 20 redirects, the {@link Timeouts#DEFAULT} time-outs.
   */
  public static HttpOptions usual() {
    return new HttpOptions(
        Optional.empty(), Optional.empty(), Timeouts.DEFAULT, PER_HOST, REDIRECTS, "Hearth");
  }

  public HttpOptions tls(ClientTls other) {
    return new HttpOptions(Optional.of(other), proxies, timeouts, perHost, redirects, userAgent);
  }

  public HttpOptions proxies(Proxies other) {
    return new HttpOptions(tls, Optional.of(other), timeouts, perHost, redirects, userAgent);
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
