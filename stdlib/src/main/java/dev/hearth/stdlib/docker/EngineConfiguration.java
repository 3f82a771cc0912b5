package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.ssh.SshReach;
import dev.hearth.runtime.effect.ssh.SshTarget;
import dev.hearth.runtime.effect.ssh.TargetReader;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which engine a connection means, and how it is spoken to.
 *
 * @param certificates the files of TLS; empty for none of one's own
 * @param fingerprint the SHA-256 that the engine's certificate must have
 * @param target the host of an address by SSH
 */
record EngineConfiguration(
    EngineAddress address,
    Optional<Certificates> certificates,
    Optional<String> fingerprint,
    Optional<SshTarget> target) {

  /** The setting of a completed connection with what {@code DOCKER_CONFIG} says. */
  static final String FOLDER = "configFolder";

  private static final String TARGET = "target";

  /** A folder as {@code DOCKER_CERT_PATH} is one; any of the files may be missing. */
  record Certificates(Path ca, Path cert, Path key) {
    static Certificates in(Path folder) {
      return new Certificates(
          folder.resolve("ca.pem"), folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    private List<Permission> reach() {
      return List.of(new Permission.Read(ca), new Permission.Read(cert), new Permission.Read(key));
    }
  }

  /** What is in a completed connection. */
  static EngineConfiguration of(Connection connection) {
    var certificates =
        field(connection, "certs")
            .map(folder -> Certificates.in(Path.of(folder).toAbsolutePath().normalize()));
    var fingerprint = field(connection, "fingerprint");
    var address =
        EngineAddress.parse(
            field(connection, "host").orElse(""),
            certificates.isPresent() || fingerprint.isPresent());
    return new EngineConfiguration(address, certificates, fingerprint, target(connection));
  }

  private static Optional<SshTarget> target(Connection connection) {
    var found = connection.settings().path(TARGET);
    if (found.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Engine.MAPPER.treeToValue(found, SshTarget.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A connection was completed wrongly.", e);
    }
  }

  private static Optional<String> field(Connection connection, String name) {
    return Optional.of(connection.settings().path(name).asText("")).filter(text -> !text.isBlank());
  }

  /** Whether TLS is spoken, whomever it believes. */
  boolean isSecure() {
    return certificates.isPresent()
        || fingerprint.isPresent()
        || (address instanceof EngineAddress.Tcp tcp && tcp.secure());
  }

  /** The Docker context of that name. */
  static Optional<Connection> configured(String name, Effects user) {
    return new DockerContexts(user).find(name).map(EngineConfiguration::connection);
  }

  /** What {@code docker} itself would speak to. */
  static Connection configured(Effects user) {
    return connection(new DockerContexts(user).current());
  }

  private static Connection connection(DockerContexts.Context context) {
    var settings = JsonNodeFactory.instance.objectNode().put("host", context.host());
    context.certs().ifPresent(folder -> settings.put("certs", folder.toString()));
    return new Connection(
        "docker", context.name(), Connection.Origin.CONFIGURED, settings, Map.of());
  }

  /** With the engine that its context names, and the host that its alias means. */
  static Connection completed(Connection connection, Effects user) {
    var settings = connection.settings().deepCopy();
    if (field(connection, "host").isEmpty()) {
      var contexts = new DockerContexts(user);
      var context =
          field(connection, "context")
              .map(name -> contexts.require(name))
              .orElseGet(contexts::current);
      settings.put("host", context.host());
      context.certs().ifPresent(folder -> settings.put("certs", folder.toString()));
    }
    field(connection, "certs")
        .ifPresent(folder -> settings.put("certs", absolute(folder, user).toString()));
    user.environment()
        .get("DOCKER_CONFIG")
        .filter(folder -> !folder.isBlank())
        .ifPresent(folder -> settings.put(FOLDER, Path.of(folder).toAbsolutePath().toString()));
    if (EngineAddress.parse(settings.path("host").asText(), false)
        instanceof EngineAddress.Ssh ssh) {
      settings.set(TARGET, target(ssh, user));
    }
    if (!connection.explicit()) {
      var contexts = new DockerContexts(user);
      CredentialSources.note(settings, contexts.configFile(), contexts.config());
    }
    return connection.with(settings);
  }

  private static Path absolute(String folder, Effects user) {
    var path =
        folder.startsWith("~/")
            ? TargetReader.homeOf(user).resolve(folder.substring(2))
            : Path.of(folder);
    return path.toAbsolutePath().normalize();
  }

  private static ObjectNode target(EngineAddress.Ssh ssh, Effects user) {
    var given = new TargetReader.Given(ssh.user(), ssh.port(), null, null, null);
    return Engine.MAPPER.valueToTree(TargetReader.of(user).read(ssh.host(), given).target());
  }

  /** The socket or port, and the files that it takes to be let in. */
  static List<Permission> reach(Connection connection) {
    if (field(connection, "host").isEmpty()) { // only its fields are to be checked
      return List.of();
    }
    var found = of(connection);
    var reach = new ArrayList<Permission>();
    switch (found.address()) {
      case EngineAddress.Unix(var socket) ->
          reach.add(new Permission.Net(new Endpoint.Unix(socket)));
      case EngineAddress.Tcp(var address, _) -> reach.add(SshReach.net(address));
      case EngineAddress.Ssh _ ->
          found.target().ifPresent(target -> reach.addAll(SshReach.of(target)));
    }
    found.certificates().ifPresent(all -> reach.addAll(all.reach()));
    CredentialSources.of(connection).ifPresent(sources -> reach.addAll(sources.reach()));
    return reach;
  }

  /** Keys, known hosts and the agent, which no recipe can choose. */
  static List<Permission> reachOfUser(Connection connection) {
    return target(connection).map(target -> SshReach.files(target, false)).orElse(List.of());
  }
}
