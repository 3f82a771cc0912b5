package dev.hearth.stdlib.docker;

import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts that a run has logged in to for their engines. */
final class SshDials implements AutoCloseable {
  private final Map<Key, SshDial> open = new ConcurrentHashMap<>();

  /** Who shares a login: the same engine of the same host under the same connection. */
  private record Key(Connection.Origin origin, String name, EngineConfiguration found) {}

  SshDial to(Connection connection, EngineConfiguration found, OpContext context) {
    var socket = found.address() instanceof EngineAddress.Ssh ssh ? ssh.socket() : null;
    return open.computeIfAbsent(
        new Key(connection.origin(), connection.name(), found),
        _ -> new SshDial(found.target().orElseThrow(), socket, context));
  }

  @Override
  public void close() {
    open.values().forEach(SshDial::close);
  }
}
