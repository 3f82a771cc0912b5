package dev.hearth.runtime.effect;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a stream leads, as it was asked for: before any name is resolved.
 *
 * @param host a host name in lower case, or an IP address without brackets
 * @param port 1 to 65535
 */
public record NetAddress(String host, int port) {
  // A name with anything else in it could look like another name in a prompt or a header.
  private static final Pattern HOST = Pattern.compile("[a-z0-9._:%-]+");

  public NetAddress {
    host = host.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("`" + host + "` is not a host name or an IP address.");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A port is 1 to 65535, not " + port + ".");
    }
  }

  /** Reads what {@link #toString} writes: {@code host:port}, {@code [::1]:port}. */
  public static NetAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("`" + text + "` is not HOST:PORT.");
    }
    var host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException(
          "`" + text + "` is not HOST:PORT; an IPv6 address stands in brackets.");
    }
    try {
      return new NetAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("`" + text + "` is not HOST:PORT.", e);
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
