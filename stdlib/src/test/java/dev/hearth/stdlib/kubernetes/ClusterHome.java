package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.UserHome;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A user with a kubeconfig, whose recipes have {@code k8s}, the cluster of its current context. */
final class ClusterHome {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private final UserHome user;

  ClusterHome(Path home) {
    this.user = new UserHome(home, "kubernetes").variable("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  /** A user of the cluster for tests who may do everything. */
  static ClusterHome ofLab(Path home) {
    return new ClusterHome(home).kubeconfig(LabCluster.get().kubeconfig());
  }

  /** A name that no other test has. */
  static String newNamespace() {
    return "hearth-" + ProcessHandle.current().pid() + "-" + NAMESPACES.incrementAndGet();
  }

  ClusterHome variable(String name, String value) {
    user.variable(name, value);
    return this;
  }

  ClusterHome kubeconfig(Path file) {
    return variable("KUBECONFIG", file.toString());
  }

  /** Writes a file of this home. */
  Path file(String name, String content) {
    user.write(name, content);
    return user.file(name);
  }

  Hearth hearth() {
    return Hearth.builder().home(user.path().resolve("hearth")).environment(user::get).build();
  }

  private static String withCluster(String body) {
    return "const k8s = kubernetes();\n" + body;
  }

  RunResult run(String body, String... grants) {
    return user.run(withCluster(body), grants);
  }

  /** What the body returned, as JSON; fails with the run's error. */
  String value(String body, String... grants) {
    return user.value(withCluster(body), grants);
  }

  /** The code, the sentence and the hint that the body failed with. */
  String failure(String body, String... grants) {
    return user.failure(withCluster(body), grants);
  }

  /** All that the last run told anybody, as text. */
  String told() {
    return user.events().toString();
  }

  UserHome user() {
    return user;
  }
}
