package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the tests of Kubernetes stand on. */
@WaitsFor("kubernetes")
class LabClusterTest {
  @Test
  void one_cluster_serves_all_tests_and_all_its_users_reach_it_at_the_same_place()
      throws IOException {
    var cluster = LabCluster.get();

    assertThat(LabCluster.get()).isSameAs(cluster);
    assertThat(server(cluster.kubeconfig("reader")))
        .isEqualTo(server(cluster.kubeconfig()))
        .isEqualTo(server(cluster.kubeconfig("certificate")))
        .startsWith("https://127.0.0.1:");
  }

  private static String server(Path kubeconfig) throws IOException {
    var server = Pattern.compile("server: \"([^\"]+)\"").matcher(Files.readString(kubeconfig));
    assertThat(server.find()).isTrue();
    return server.group(1);
  }
}
