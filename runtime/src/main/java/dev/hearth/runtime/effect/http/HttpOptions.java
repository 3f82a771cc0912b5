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
 * @param idle how many connections are kept for the next exchange, for four seconds; 0 where each
 *     exchange is to have one of its own
 * @param redirects how many are followed before it is an error; 0 returns the redirect itself
 * @param userAgent what a request says when it has no such header
 */
public record HttpOptions(
    Optional<ClientTls> tls,
    Optional<Proxies> proxies,
    Timeouts timeouts,
    int perHost,
    int idle,
    int redirects,
    String userAgent) {

  private static final int PER_HOST = 64;
  private static final int IDLE = 16;
  private static final int REDIRECTS = 20;

  /**
   * What is usual: authorities and proxies as the user's environment says, 64 exchanges per host,
   * 16 connections kept, 20 redirects, the {@link Timeouts#DEFAULT} time-outs.
   */
  public static HttpOptions usual() {
    return new HttpOptions(
        Optional.empty(), Optional.empty(), Timeouts.DEFAULT, PER_HOST, IDLE, REDIRECTS, "Hearth");
  }

  public HttpOptions tls(ClientTls other) {
    return new HttpOptions(
        Optional.of(other), proxies, timeouts, perHost, idle, redirects, userAgent);
  }

  public HttpOptions proxies(Proxies other) {
    return new HttpOptions(tls, Optional.of(other), timeouts, perHost, idle, redirects, userAgent);
  }

  public HttpOptions timeouts(Timeouts other) {
    return new HttpOptions(tls, proxies, other, perHost, idle, redirects, userAgent);
  }

  public HttpOptions perHost(int other) {
    return new HttpOptions(tls, proxies, timeouts, other, idle, redirects, userAgent);
  }

  public HttpOptions idle(int other) {
    return new HttpOptions(tls, proxies, timeouts, perHost, other, redirects, userAgent);
  }

  public HttpOptions redirects(int other) {
    return new HttpOptions(tls, proxies, timeouts, perHost, idle, other, userAgent);
  }
}
