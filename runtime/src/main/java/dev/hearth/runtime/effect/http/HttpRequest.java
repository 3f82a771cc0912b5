package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A request, as it is sent or as it arrived.
 *
 * @param method in upper case, such as {@code GET}
 * @param target the whole URL when it is sent; as it stood in the request line, such as {@code
 *     /api2/json/nodes?x=1}, when it arrived
 * @param headers without those that frame the body
 * @param body empty when there is none
 */
public record HttpRequest(String method, String target, HttpHeaders headers, HttpBody body) {
  private static final Pattern METHOD = Pattern.compile("[A-Z0-9!#$%&'*+.^_`|~-]+");

  public HttpRequest {
    method = method.toUpperCase(Locale.ROOT);
    if (!METHOD.matcher(method).matches()) {
      throw new HearthException(HttpError.METHOD_MALFORMED, method.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  /** A request without a body. */
  public static HttpRequest of(String method, String target) {
    return new HttpRequest(method, target, HttpHeaders.none(), HttpBody.empty());
  }

  public static HttpRequest get(String target) {
    return of("GET", target);
  }

  public static HttpRequest post(String target, String contentType, HttpBody body) {
    return of("POST", target).header("Content-Type", contentType).body(body);
  }

  /** The same with this header field in place of those of its name. */
  public HttpRequest header(String name, String value) {
    return new HttpRequest(method, target, headers.with(name, value), body);
  }

  public HttpRequest body(HttpBody other) {
    return new HttpRequest(method, target, headers, other);
  }

  /** What of the target stands before the {@code ?}, still percent-encoded. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** What of the target stands after the {@code ?}, still percent-encoded; empty without one. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** Method and target, without what may hold secrets: the query, and a user before the host. */
  @Override
  public String toString() {
    return method + " " + path().replaceFirst("//[^/@]*@", "//");
  }
}
