package dev.hearth.stdlib.docker;

import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpParts;
import java.util.List;
import java.util.Optional;

/** Docker engines and Podman's service, as {@code hearth:docker}. */
public final class DockerBinding implements Binding {
  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    var engine = new Engine(connection, context);
    var containers = new ContainerOps(engine);
    var registries = new DockerCredentials(connection, context);
    var transfers = new ImageTransfers(engine, registries);
    var builds = new ImageBuilds(engine, registries);
    var ofRecipe = new RegistryOps(engine, registries);
    return OpParts.of(
        new SystemOps(engine),
        containers,
        new ContainerMakingOps(
            engine, new ContainerMaking(engine, containers, transfers), containers),
        new ContainerInsightOps(engine, containers),
        new ExecOps(engine, containers),
        new LiveOps(engine, containers),
        new CopyOps(engine, containers),
        new ComposeOps(engine, transfers, builds),
        new ImageOps(engine, transfers),
        new ImageFileOps(engine, transfers),
        new ImageCopyOps(engine, transfers, context),
        new BuildOps(engine, builds, transfers, ofRecipe),
        new ImageEnsure(engine, transfers, builds),
        new NetworkOps(engine),
        new VolumeOps(engine),
        new EventOps(engine),
        new LoginOps(engine, registries),
        ofRecipe,
        new RegistryServerOps(engine));
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.optional(
            "host", "Address of the engine, as DOCKER_HOST has it", "ssh://root@nas.lan"),
        ConnectionField.optional("context", "Docker context, in place of the address", "nas"),
        ConnectionField.optional(
            "certs", "Folder of ca.pem, cert.pem and key.pem for TLS", "~/.docker/nas"),
        ConnectionField.fingerprint(
            "fingerprint",
            "SHA-256 of the engine's certificate, when it is self-signed",
            "There, `openssl x509 -noout -fingerprint -sha256 -in server-cert.pem` shows it."));
  }

  @Override
  public Optional<Connection> configured(String name, Effects user) {
    return EngineConfiguration.configured(name, user);
  }

  @Override
  public Optional<Connection> configured(Effects user) {
    return Optional.of(EngineConfiguration.configured(user));
  }

  @Override
  public Connection completed(Connection connection, Effects user) {
    return EngineConfiguration.completed(connection, user);
  }

  @Override
  public List<Permission> reach(Connection connection) {
    return EngineConfiguration.reach(connection);
  }

  @Override
  public List<Permission> reachOfUser(Connection connection) {
    return EngineConfiguration.reachOfUser(connection);
  }

  @Override
  public Optional<ConnectionTest> test(Connection connection, OpContext context) {
    return Optional.of(new SystemOps(new Engine(connection, context)).test());
  }

  /**
   * A connection that is spelled out needs {@code net} as well; so do registries, and files that
   * are copied, built or composed need theirs.
   */
  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.path().size() > 1) {
      return Foreseen.maybe("net", "read", "write", "exec");
    }
    if (!mention.calls("docker")) {
      return Foreseen.maybe("net", "read", "exec");
    }
    return Foreseen.connection("docker", mention, "net", "read");
  }
}
