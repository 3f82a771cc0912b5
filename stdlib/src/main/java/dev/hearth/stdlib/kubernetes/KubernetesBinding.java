package dev.hearth.stdlib.kubernetes;

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

/** Kubernetes clusters, as {@code hearth:kubernetes}. */
public final class KubernetesBinding implements Binding {
  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return KubernetesOps.over(Cluster.of(connection, context), context);
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.optional("context", "Context of your kubeconfig", "home"),
        ConnectionField.optional("kubeconfig", "File of the context", "~/.kube/config"),
        ConnectionField.optional("server", "Address of the API server", "https://10.0.0.5:6443"),
        ConnectionField.optional("ca", "Authority of its certificate, PEM or a file", "ca.crt"),
        ConnectionField.optional(
            "fingerprint", "SHA-256 of its certificate, in place of an authority", "AA:BB:CC:…"),
        ConnectionField.optional("tlsServerName", "Name in its certificate", "kubernetes"),
        ConnectionField.secret("token", "Token of a service account"),
        ConnectionField.optional("tokenFile", "File that has the token", "/run/token"),
        ConnectionField.optional(
            "clientCertificate", "Certificate of the user, PEM or a file", "admin.crt"),
        ConnectionField.secret("clientKey", "Key of that certificate, as PEM"),
        ConnectionField.secret("config", "Text of a kubeconfig, in place of a file"),
        ConnectionField.optional("namespace", "Namespace when none is named", "default"));
  }

  @Override
  public Optional<Connection> configured(String name, Effects user) {
    return ClusterConfiguration.configured(name, user);
  }

  @Override
  public Optional<Connection> configured(Effects user) {
    return ClusterConfiguration.configured(user);
  }

  /** One that a recipe spelled out is completed where it is used: as the recipe itself may. */
  @Override
  public Connection completed(Connection connection, Effects user) {
    return connection.explicit() ? connection : ClusterConfiguration.completed(connection, user);
  }

  @Override
  public List<Permission> reach(Connection connection) {
    return connection.explicit() ? List.of() : ClusterConfiguration.reach(connection);
  }

  @Override
  public Optional<ConnectionTest> test(Connection connection, OpContext context) {
    try (var cluster = new Cluster(connection, context)) {
      return Optional.of(new ConnectionProbe(cluster).test());
    }
  }

  /** A connection that is spelled out needs {@code net} as well. */
  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.path().size() > 1) {
      return Foreseen.maybe("read", "write", "listen", "exec");
    }
    if (!mention.calls("kubernetes")) {
      return Foreseen.maybe("net");
    }
    return Foreseen.connection("kubernetes", mention, "net", "read", "exec");
  }
}
