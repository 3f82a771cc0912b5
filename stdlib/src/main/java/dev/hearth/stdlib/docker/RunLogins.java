package dev.hearth.stdlib.docker;

import dev.hearth.runtime.spi.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The logins of a run, which are forgotten with it. Each is used for its connection only. */
final class RunLogins implements AutoCloseable {
  private final Map<Key, RegistryLogin> logins = new ConcurrentHashMap<>();

  private record Key(Connection.Origin origin, String connection, String host, String registry) {}

  void remember(Connection connection, RegistryLogin login) {
    logins.put(key(connection, login.registry()), login);
  }

  Optional<RegistryLogin> find(Connection connection, String registry) {
    return Optional.ofNullable(logins.get(key(connection, registry)));
  }

  List<String> registries(Connection connection) {
    return logins.keySet().stream()
        .filter(each -> each.equals(key(connection, each.registry())))
        .map(Key::registry)
        .toList();
  }

  private static Key key(Connection connection, String registry) {
    var host = connection.settings().path("host").asText();
    return new Key(connection.origin(), connection.name(), host, registry);
  }

  @Override
  public void close() {
    logins.clear();
  }
}
