package dev.hearth.stdlib.proxmox.sim.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as it came over the wire. */
public final class SimRequest {
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final InputStream body;

  /**
   * A request by its target.
   *
   * @param method in upper case
   * @param target percent-encoded path and query: {@code /api2/json/nodes?x=1}
   * @param headers by name, in whatever case
   * @param body the bytes that followed; read once
   */
  public SimRequest(String method, String target, Map<String, String> headers, InputStream body) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    this.headers.putAll(headers);
    this.body = body;
  }

  /** A request without body. */
  public static SimRequest of(String method, String target, Map<String, String> headers) {
    return new SimRequest(method, target, headers, InputStream.nullInputStream());
  }

  /** A request with a form in its body, already encoded. */
  public static SimRequest form(
      String method, String target, Map<String, String> headers, String form) {
    var more = new TreeMap<String, String>(headers);
    more.put("Content-Type", "application/x-www-form-urlencoded");
    var bytes = form.getBytes(StandardCharsets.UTF_8);
    return new SimRequest(method, target, more, new ByteArrayInputStream(bytes));
  }

  public String method() {
    return method;
  }

  /** Percent-encoded, without the query. */
  public String path() {
    return path;
  }

  /** Percent-encoded, without the question mark; empty when there is none. */
  public String query() {
    return query;
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  InputStream body() {
    return body;
  }

  /** The kind of body, without its parameters; empty when it is not said. */
  String mediaType() {
    var type = headers.getOrDefault("Content-Type", "");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
