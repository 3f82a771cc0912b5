package dev.hearth.stdlib.kubernetes;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace of a real cluster, and recipes that work in it. */
final class PodLab {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ClusterHome home;
  private final String namespace;

  /** Makes the namespace. */
  PodLab(Path folder) {
    var cluster = LabCluster.get();
    namespace = "hearth-pods-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    home = new ClusterHome(folder).kubeconfig(cluster.kubeconfig());
    var _ = home.value(script("await k8s.namespaces.create({ metadata: { name: namespace } });"));
  }

  ClusterHome home() {
    return home;
  }

  String namespace() {
    return namespace;
  }

  /** Makes a pod and waits until it is ready. */
  PodLab pod(String name, String containers) {
    var _ =
        value(
            """
            await k8s.pods.create({
              metadata: { name: '%1$s', namespace, labels: { app: '%1$s' } },
              spec: { terminationGracePeriodSeconds: 0, containers: [%2$s] },
            }, { namespace });
            await k8s.pod('%1$s', { namespace }).waitFor('ready', { timeout: '60s' });
            """
                .formatted(name, containers));
    return this;
  }

  /** A container that waits. */
  static String box(String name) {
    return "{ name: '%s', image, command: ['sleep', '1000000'] }".formatted(name);
  }

  private String script(String body) {
    return """
    const namespace = '%s';
    const image = '%s';
    const bare = '%s';
    const pod = (name) => k8s.pod(name, { namespace });
    %s
    """
        .formatted(namespace, LabCluster.get().image(), LabCluster.get().bareImage(), body);
  }

  /** What the body returned; it has {@code pod(name)}, {@code namespace}, {@code image}. */
  String value(String body, String... grants) {
    return home.value(script(body), grants);
  }

  String failure(String body, String... grants) {
    return home.failure(script(body), grants);
  }

  void remove() {
    var _ = home.value(script("await k8s.namespace(namespace).delete({ wait: false });"));
  }
}
