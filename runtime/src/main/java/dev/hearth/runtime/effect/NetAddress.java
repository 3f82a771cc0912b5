package dev.hearth.runtime.effect;

/**
 * Where a stream leads, as it was asked for: before any name is resolved.
 *
 * @param host a host name, or an IP address without brackets
 * @param port 1 to 65535
 */
public record NetAddress(String host, int port) {
  public NetAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A port is 1 to 65535, not " + port + ".");
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
