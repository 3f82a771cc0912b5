package dev.hearth.stdlib.ssh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshReach;
import dev.hearth.runtime.effect.ssh.SshTarget;
import dev.hearth.runtime.effect.ssh.TargetReader;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Connection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of a connection's fields and the user's ssh_config the host that is meant. */
final class HostConfiguration {
  /** Where a completed connection has what it was resolved to. */
  private static final String TARGET = "target";

  /** Where it has the lines of ssh_config that mean nothing here. */
  private static final String IGNORED = "ignored";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private HostConfiguration() {}

  /**
   * A host that no stored connection names. One that ssh_config names is the user's; any other is
   * the recipe's own idea, and needs grants for its address.
   */
  static Optional<Connection> configured(String name, Effects user) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      return Optional.empty();
    }
    var found = TargetReader.of(user).read(name, TargetReader.Given.NOTHING);
    var settings = JsonNodeFactory.instance.objectNode().put("host", name);
    var origin = found.lookup().named() ? Connection.Origin.CONFIGURED : Connection.Origin.RECIPE;
    return Optional.of(new Connection("ssh", name, origin, settings, Map.of()));
  }

  static Connection completed(Connection connection, Effects user) {
    var found = TargetReader.of(user).read(host(connection), given(connection));
    var target = found.target();
    var key = connection.setting("key");
    if (key.isPresent()) {
      target = withKey(target, keyPath(key.get(), TargetReader.homeOf(user)).toString());
    }
    var settings = connection.settings().deepCopy();
    settings.set(TARGET, MAPPER.valueToTree(target));
    settings.set(IGNORED, MAPPER.valueToTree(found.lookup().ignored()));
    return connection.with(settings);
  }

  private static SshTarget withKey(SshTarget target, String key) {
    return new SshTarget(
        target.name(),
        target.host(),
        target.port(),
        target.user(),
        target.knownAs(),
        List.of(new SshTarget.Identity(key, true)),
        target.certificates(),
        true,
        target.agent(),
        target.knownHosts(),
        target.globalKnownHosts(),
        target.hostKeys(),
        target.hashHosts(),
        target.fingerprint(),
        target.timeoutSeconds(),
        target.aliveSeconds(),
        target.aliveCount(),
        target.jump());
  }

  private static Path keyPath(String key, Path home) {
    try {
      var path = key.startsWith("~/") ? home.resolve(key.substring(2)) : Path.of(key);
      return path.toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new HearthException(SshError.KEY_NOT_FOUND, key).with("field", "key").causedBy(e);
    }
  }

  private static String host(Connection connection) {
    var host = connection.setting("host").orElse("");
    if (!host.matches("[A-Za-z0-9._:%-]+") || host.startsWith("-")) {
      throw new HearthException(SshError.HOST_MALFORMED, host).with("field", "host");
    }
    return host;
  }

  private static TargetReader.Given given(Connection connection) {
    return new TargetReader.Given(
        connection.setting("user").orElse(null),
        port(connection),
        null,
        connection.setting("jump").orElse(null),
        connection.setting("hostKey").orElse(null));
  }

  private static @Nullable Integer port(Connection connection) {
    var text = connection.setting("port").orElse("22");
    if (text.equals("22") && connection.setting("port").isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65_535) {
      throw new HearthException(SshError.HOST_MALFORMED, host(connection) + ":" + text)
          .with("field", "port");
    }
    return Integer.valueOf(text);
  }

  /** What a completed connection was resolved to. */
  static SshTarget target(Connection connection) {
    try {
      return MAPPER.treeToValue(connection.settings().path(TARGET), SshTarget.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A connection was not completed.", e);
    }
  }

  /** The lines of ssh_config about the host that mean nothing here: place and keyword. */
  static List<String> ignored(Connection connection) {
    var ignored = new ArrayList<String>();
    connection.settings().path(IGNORED).forEach(line -> ignored.add(line.asText()));
    return ignored;
  }

  static List<Permission> reach(Connection connection) {
    if (!connection.settings().has(TARGET)) { // only its fields are to be checked
      var port = port(connection);
      return List.of(SshReach.net(new NetAddress(host(connection), port == null ? 22 : port)));
    }
    return SshReach.of(target(connection));
  }

  /**
   * Keys, known hosts and the agent are the user's own; a key that the recipe named is not, and so
   * needs a grant as every file does.
   */
  static List<Permission> reachOfUser(Connection connection) {
    return SshReach.files(target(connection), connection.settings().hasNonNull("key"));
  }
}
