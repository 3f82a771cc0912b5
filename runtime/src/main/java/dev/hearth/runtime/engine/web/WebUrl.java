package dev.hearth.runtime.engine.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A URL in its parts, as the URL Standard has them: what {@link UrlParser} fills in. */
final class WebUrl {
  /** The schemes that browsers know, with their usual ports. */
  private static final Map<String, Integer> SPECIAL =
      Map.of("ftp", 21, "file", -1, "http", 80, "https", 443, "ws", 80, "wss", 443);

  String scheme = "";
  String username = "";
  String password = "";
  @Nullable String host;
  int port = -1;
  List<String> path = new ArrayList<>();
  @Nullable String opaquePath;
  @Nullable String query;
  @Nullable String fragment;

  static boolean isSpecial(String scheme) {
    return SPECIAL.containsKey(scheme);
  }

  static int usualPort(String scheme) {
    return SPECIAL.getOrDefault(scheme, -1);
  }

  boolean isSpecial() {
    return isSpecial(scheme);
  }

  boolean isFile() {
    return scheme.equals("file");
  }

  boolean hasCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  /** Whether there is no host that a user or a port could belong to. */
  boolean cannotHaveCredentials() {
    return host == null || host.isEmpty() || isFile();
  }

  /** Removes the last step of the path; a drive is kept. */
  void shortenPath() {
    boolean isDrive = isFile() && path.size() == 1 && UrlParser.isNormalizedDrive(path.getFirst());
    if (!isDrive && !path.isEmpty()) {
      path.removeLast();
    }
  }

  void takeAuthority(WebUrl other) {
    username = other.username;
    password = other.password;
    host = other.host;
    port = other.port;
  }

  void takePath(WebUrl other) {
    path = new ArrayList<>(other.path);
    opaquePath = other.opaquePath;
  }

  String pathname() {
    return opaquePath == null
        ? path.stream().map(step -> "/" + step).reduce("", String::concat)
        : opaquePath;
  }

  String host() {
    var name = host == null ? "" : host;
    return port < 0 ? name : name + ":" + port;
  }

  String href() {
    var text = new StringBuilder(scheme).append(':');
    if (host != null) {
      text.append("//");
      if (hasCredentials()) {
        text.append(username);
        if (!password.isEmpty()) {
          text.append(':').append(password);
        }
        text.append('@');
      }
      text.append(host());
    } else if (opaquePath == null && path.size() > 1 && path.getFirst().isEmpty()) {
      text.append("/.");
    }
    text.append(pathname());
    if (query != null) {
      text.append('?').append(query);
    }
    if (fragment != null) {
      text.append('#').append(fragment);
    }
    return text.toString();
  }

  String origin() {
    if (scheme.equals("blob")) {
      return inner().map(WebUrl::origin).orElse("null");
    }
    return isSpecial() && !isFile() ? scheme + "://" + host() : "null";
  }

  private Optional<WebUrl> inner() {
    return UrlParser.parse(pathname(), null)
        .filter(url -> url.scheme.equals("http") || url.scheme.equals("https"));
  }

  /** All parts as JavaScript takes them, a line each: no part of a URL can hold a line's end. */
  String lines() {
    return String.join(
        "\n",
        href(),
        origin(),
        scheme + ":",
        username,
        password,
        host(),
        host == null ? "" : host,
        port < 0 ? "" : Integer.toString(port),
        pathname(),
        query == null || query.isEmpty() ? "" : "?" + query,
        fragment == null || fragment.isEmpty() ? "" : "#" + fragment);
  }
}
