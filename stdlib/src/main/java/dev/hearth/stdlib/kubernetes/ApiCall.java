package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API. Immutable; each method returns a changed copy.
 *
 * @param query names and values, in order; a name may stand in it several times
 * @param subject what it is about, for messages: {@code Pod web in namespace default}
 * @param isRepeatable whether it does twice no more than once
 */
record ApiCall(
    String method,
    ApiPath path,
    List<Map.Entry<String, String>> query,
    HttpHeaders headers,
    HttpBody body,
    String subject,
    boolean isRepeatable) {

  ApiCall {
    query = List.copyOf(query);
  }

  static ApiCall of(String method, ApiPath path) {
    return new ApiCall(
        method,
        path,
        List.of(),
        HttpHeaders.of("Accept", "application/json"),
        HttpBody.empty(),
        "`" + path + "`",
        method.equals("GET") || method.equals("HEAD"));
  }

  static ApiCall get(ApiPath path) {
    return of("GET", path);
  }

  /** With one more parameter; null leaves it out. */
  ApiCall param(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new ArrayList<>(query);
    more.add(Map.entry(name, value.toString()));
    return new ApiCall(method, path, more, headers, body, subject, isRepeatable);
  }

  /** With this header field in place of those of its name. */
  ApiCall header(String name, String value) {
    return new ApiCall(method, path, query, headers.with(name, value), body, subject, isRepeatable);
  }

  ApiCall accept(String types) {
    return header("Accept", types);
  }

  /** With a body of a type such as {@code application/json}. */
  ApiCall body(String type, byte[] content) {
    return new ApiCall(
        method,
        path,
        query,
        headers.with("Content-Type", type),
        HttpBody.of(content),
        subject,
        isRepeatable);
  }

  /** The same, called otherwise in messages. */
  ApiCall about(String what) {
    return new ApiCall(method, path, query, headers, body, what, isRepeatable);
  }

  /** Whether the server says by 429 that it will not do it now, and not that it is busy. */
  boolean evicts() {
    return path.text().endsWith("/eviction");
  }

  /** The same write, of which is known that it does twice no more than once. */
  ApiCall repeatable() {
    return new ApiCall(method, path, query, headers, body, subject, true);
  }

  /** Path and query as they are sent. */
  String target() {
    return query.isEmpty()
        ? path.text()
        : path.text()
            + "?"
            + query.stream()
                .map(
                    each -> ApiPath.encoded(each.getKey()) + "=" + ApiPath.encoded(each.getValue()))
                .collect(Collectors.joining("&"));
  }

  /** Without the query, whose values may be long. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
