package dev.hearth.runtime.permission;

import java.nio.file.Path;
import java.util.Optional;

/** One end of a connection: hosts and ports, or a Unix socket. */
public sealed interface Endpoint {
  /** The port that stands for all: {@code *}. */
  int ANY_PORT = -1;

  /**
   * Hosts by TCP.
   *
   * @param port 1 to 65535, {@link #ANY_PORT}, or 0 for listening on any free one
   */
  record Tcp(HostPattern host, int port) implements Endpoint {
    @Override
    public String toString() {
      return host + ":" + (port == ANY_PORT ? "*" : port);
    }
  }

  /**
   * A Unix socket.
   *
   * @param path absolute and normalised
   */
  record Unix(Path path) implements Endpoint {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /** One host and port, both exact; empty when {@code host} cannot be a host. */
  static Optional<Endpoint> of(String host, int port) {
    return HostPattern.parse(host).map(pattern -> new Tcp(pattern, port));
  }

  /** Whether all of {@code other} is in this. */
  default boolean covers(Endpoint other) {
    return switch (this) {
      case Tcp(var host, var port) ->
          other instanceof Tcp that
              && host.covers(that.host)
              && (port == ANY_PORT || port == that.port);
      case Unix _ -> equals(other);
    };
  }

  /** What is in both; empty when nothing is. */
  default Optional<Endpoint> meet(Endpoint other) {
    if (covers(other)) {
      return Optional.of(other);
    }
    if (other.covers(this)) {
      return Optional.of(this);
    }
    if (!(this instanceof Tcp a && other instanceof Tcp b)) {
      return Optional.empty();
    }
    var ports = a.port == ANY_PORT || b.port == ANY_PORT || a.port == b.port;
    var port = a.port == ANY_PORT ? b.port : a.port;
    if (ports && a.host.covers(b.host)) {
      return Optional.of(new Tcp(b.host, port));
    }
    if (ports && b.host.covers(a.host)) {
      return Optional.of(new Tcp(a.host, port));
    }
    return Optional.empty();
  }
}
