package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.SeenSockets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** That nothing of this binding reaches a cluster but through the gate. */
@Isolated
class ClusterGateTest {
  @Test
  void every_peer_that_the_jvm_sees_is_on_the_record_of_the_gate(@TempDir Path folder) {
    var home = ClusterHome.ofLab(folder);
    try (var seen = new SeenSockets()) {
      var server =
          home.value(
              """
              const namespace = '%s';
              await k8s.namespaces.create({ metadata: { name: namespace } });
              const map = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'gate', namespace }, data: { a: '1' } };
              await k8s.apply(map);
              for await (const _ of k8s.configMaps.watch({ namespace })) break;
              await k8s.kinds();
              return (await k8s.place()).server;
              """
                  .formatted(ClusterHome.newNamespace()));
      var end = seen.end();

      var address = server.replaceAll("^\"https://|\"$", "");
      var audited = home.user().audited();
      assertThat(end.peers())
          .contains(address)
          .allSatisfy(peer -> assertThat(audited).contains("net=" + peer));
    }
  }
}
