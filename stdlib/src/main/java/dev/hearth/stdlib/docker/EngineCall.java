package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request to an engine. Immutable; each method returns a changed copy.
 *
 * @param path percent-encoded, without the version of the API
 * @param query in order, as they are sent
 * @param subject what it is about; null where 404 means no one thing
 */
record EngineCall(
    String method,
    String path,
    List<Map.Entry<String, String>> query,
    HttpHeaders headers,
    HttpBody body,
    @Nullable Subject subject) {

  /**
   * The thing that a call is about, for what 404 means.
   *
   * @param missing the error that says that it does not exist; its only argument is the name
   */
  record Subject(DockerError missing, String name) {}

  private static final Pattern PLACE = Pattern.compile("\\{(image)?}");

  /**
   * A call whose path has {@code {}} for each of the names, none of which can break out of it;
   * {@code {image}} where the name may have slashes.
   */
  static EngineCall of(String method, String template, String... names) {
    var next = List.of(names).iterator();
    var path =
        PLACE
            .matcher(template)
            .replaceAll(
                place -> {
                  var name = next.next();
                  return Matcher.quoteReplacement(
                      place.group(1) == null ? segment(name) : segments(name));
                });
    return new EngineCall(method, path, List.of(), HttpHeaders.none(), HttpBody.empty(), null);
  }

  static EngineCall get(String template, String... names) {
    return of("GET", template, names);
  }

  static EngineCall post(String template, String... names) {
    return of("POST", template, names);
  }

  static EngineCall delete(String template, String... names) {
    return of("DELETE", template, names);
  }

  /** A path that a recipe wrote, without a query; its segments are text. */
  static EngineCall raw(String method, String path) {
    return of(method, "/{image}", path.replaceFirst("^/", ""));
  }

  private static String segments(String path) {
    return Stream.of(path.split("/", -1)).map(EngineCall::segment).collect(Collectors.joining("/"));
  }

  /**
   * The engine's router decodes a path before it cleans it, so that encoding alone would not keep
   * {@code ..} or a slash in its place.
   */
  private static String segment(String name) {
    boolean bad =
        name.isEmpty()
            || name.equals(".")
            || name.equals("..")
            || name.contains("/")
            || name.contains("\\")
            || name.chars().anyMatch(Character::isISOControl);
    if (bad) {
      throw new HearthException(DockerError.PATH_SEGMENT, name.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
    return percent(name);
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  /** With a parameter; none where there is no value. */
  EngineCall query(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new ArrayList<>(query);
    more.add(Map.entry(name, value.toString()));
    return new EngineCall(method, path, List.copyOf(more), headers, body, subject);
  }

  EngineCall header(String name, String value) {
    return new EngineCall(method, path, query, headers.with(name, value), body, subject);
  }

  EngineCall json(JsonNode content) {
    return header("Content-Type", "application/json").body(HttpBody.of(content.toString()));
  }

  EngineCall body(HttpBody content) {
    return new EngineCall(method, path, query, headers, content, subject);
  }

  /** With what it is about. */
  EngineCall about(DockerError missing, String name) {
    return new EngineCall(method, path, query, headers, body, new Subject(missing, name));
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Path and query as they are sent behind the version. */
  String target() {
    return query.isEmpty()
        ? path
        : query.stream()
            .map(each -> percent(each.getKey()) + "=" + percent(each.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }

  /** Method and path; what is in a query may be a secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
