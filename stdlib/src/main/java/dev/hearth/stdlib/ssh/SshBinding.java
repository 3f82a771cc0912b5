package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import java.util.List;
import java.util.Optional;

/** Hosts that are reached by SSH, as {@code hearth:ssh}. */
public final class SshBinding implements Binding {
  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new SshOps(new Host(connection, context));
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.required("host", "Host name, address, or alias of ssh_config", "web1.lan"),
        ConnectionField.optional("user", "User to log in as", "root"),
        ConnectionField.optional("port", "Port of the SSH server", "22"),
        ConnectionField.optional("key", "File of the private key", "~/.ssh/id_ed25519"),
        ConnectionField.optional("jump", "Hosts on the way, as in ProxyJump", "admin@gate.lan"),
        ConnectionField.optional(
            "hostKey", "Fingerprint that the host's key must have", "SHA256:…"),
        ConnectionField.secret("password", "Password of the user"),
        ConnectionField.secret("passphrase", "Passphrase of the private key"),
        ConnectionField.secret("privateKey", "Text of the private key, in place of a file"),
        ConnectionField.secret("sudoPassword", "Password for sudo, when it is another"));
  }

  @Override
  public Optional<Connection> configured(String name, Effects user) {
    return HostConfiguration.configured(name, user);
  }

  @Override
  public Connection completed(Connection connection, Effects user) {
    return HostConfiguration.completed(connection, user);
  }

  @Override
  public List<Permission> reach(Connection connection) {
    return HostConfiguration.reach(connection);
  }

  @Override
  public List<Permission> reachOfUser(Connection connection) {
    return HostConfiguration.reachOfUser(connection);
  }

  @Override
  public Optional<ConnectionTest> test(Connection connection, OpContext context) {
    try (var host = new Host(connection, context)) {
      return Optional.of(host.test());
    }
  }

  /** Copies and tunnels of a host reach this machine, too. */
  @Override
  public Foreseen foresee(Mention mention) {
    var more = Foreseen.maybe("net", "listen", "read", "write");
    return mention.calls("ssh") ? Foreseen.connection("ssh", mention).and(more) : more;
  }
}
