package dev.hearth.runtime.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a process of its own does in {@link ConnectionsTest}: adds connections one by one. */
final class AddConnections {
  private AddConnections() {}

  /** Arguments: the config folder, the prefix of the names, how many. */
  public static void main(String... arguments) {
    add(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
  }

  static void add(Path config, String prefix, int count) {
    var connections = new Connections(config, new FileSecretStore(config), _ -> Optional.empty());
    for (int i = 0; i < count; i++) {
      connections.add(
          new FakeBinding(),
          prefix + i,
          JsonNodeFactory.instance.objectNode().put("url", "https://" + prefix + i),
          Map.of("token", Secret.of("token of " + prefix + i)));
    }
  }
}
