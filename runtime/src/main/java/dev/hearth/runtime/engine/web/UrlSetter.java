package dev.hearth.runtime.engine.web;

import dev.hearth.runtime.engine.web.UrlParser.State;

/** What assigning to a part of a URL does. A value that does not fit changes nothing. */
final class UrlSetter {
  private UrlSetter() {}

  /** Sets one part; {@code url} is changed. */
  static void set(WebUrl url, String part, String value) {
    switch (part) {
      case "protocol" -> UrlParser.override(url, value + ":", State.SCHEME_START);
      case "username" -> {
        if (!url.cannotHaveCredentials()) {
          url.username = PercentEncoding.USERINFO.encode(value);
        }
      }
      case "password" -> {
        if (!url.cannotHaveCredentials()) {
          url.password = PercentEncoding.USERINFO.encode(value);
        }
      }
      case "host" -> hierarchical(url, value, State.HOST);
      case "hostname" -> hierarchical(url, value, State.HOSTNAME);
      case "port" -> setPort(url, value);
      case "pathname" -> {
        if (url.opaquePath == null) {
          url.path.clear();
          UrlParser.override(url, value, State.PATH_START);
        }
      }
      case "search" -> setSearch(url, value);
      case "hash" -> setHash(url, value);
      default -> throw new IllegalArgumentException("A URL has no part `" + part + "`.");
    }
  }

  private static void hierarchical(WebUrl url, String value, State from) {
    if (url.opaquePath == null) {
      UrlParser.override(url, value, from);
    }
  }

  private static void setPort(WebUrl url, String value) {
    if (url.cannotHaveCredentials()) {
      return;
    }
    if (value.isEmpty()) {
      url.port = -1;
    } else {
      UrlParser.override(url, value, State.PORT);
    }
  }

  private static void setSearch(WebUrl url, String value) {
    if (value.isEmpty()) {
      url.query = null;
      return;
    }
    url.query = "";
    UrlParser.override(url, value.startsWith("?") ? value.substring(1) : value, State.QUERY);
  }

  private static void setHash(WebUrl url, String value) {
    if (value.isEmpty()) {
      url.fragment = null;
      return;
    }
    url.fragment = "";
    UrlParser.override(url, value.startsWith("#") ? value.substring(1) : value, State.FRAGMENT);
  }
}
