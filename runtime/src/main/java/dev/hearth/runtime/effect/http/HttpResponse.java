package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.StreamService;
import java.util.Locale;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.jspecify.annotations.Nullable;

/**
 * An answer, as it is sent or as it arrived. One that arrived holds its connection until it is
 * closed or its body is read to the end.
 *
 * @param status 100 to 599
 * @param reason the words after the status; Proxmox puts its messages there; empty over HTTP/2
 * @param headers all header fields
 * @param body empty when there is none
 * @param upgrade on the server's side, what speaks on the stream after status 101
 */
public record HttpResponse(
    int status, String reason, HttpHeaders headers, HttpBody body, @Nullable StreamService upgrade)
    implements AutoCloseable {

  public HttpResponse {
    if (reason.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new HearthException(HttpError.HEADER_MALFORMED, "reason phrase of " + status);
    }
  }

  public HttpResponse(int status, String reason, HttpHeaders headers, HttpBody body) {
    this(status, reason, headers, body, null);
  }

  /** A status with its usual reason phrase and no body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, usualReason(status), HttpHeaders.none(), HttpBody.empty());
  }

  /** A text with its type. */
  public static HttpResponse of(int status, String contentType, String text) {
    return of(status).header("Content-Type", contentType).body(HttpBody.of(text));
  }

  /** Status 101: the stream belongs to {@code then} afterwards. */
  public static HttpResponse upgrade(String protocol, StreamService then) {
    var headers = HttpHeaders.of("Connection", "Upgrade").and("Upgrade", protocol);
    return new HttpResponse(101, usualReason(101), headers, HttpBody.empty(), then);
  }

  private static String usualReason(int status) {
    var known = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT);
    return known == null ? "" : known;
  }

  public HttpResponse reason(String words) {
    return new HttpResponse(status, words, headers, body, upgrade);
  }

  /** The same with this header field in place of those of its name. */
  public HttpResponse header(String name, String value) {
    return new HttpResponse(status, reason, headers.with(name, value), body, upgrade);
  }

  public HttpResponse headers(HttpHeaders other) {
    return new HttpResponse(status, reason, other, body, upgrade);
  }

  public HttpResponse body(HttpBody other) {
    return new HttpResponse(status, reason, headers, other, upgrade);
  }

  @Override
  public void close() {
    body.close();
  }

  @Override
  public String toString() {
    return status + " " + reason;
  }
}
