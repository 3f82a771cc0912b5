package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code hearth connect test kubernetes} says of a real cluster. */
@WaitsFor("kubernetes")
class ConnectionProbeTest {
  private static ConnectionTest test(Path kubeconfig) throws IOException {
    var config = Secret.of(java.nio.file.Files.readString(kubeconfig));
    var connection =
        new Connection(
            "kubernetes",
            "lab",
            Connection.Origin.STORED,
            JsonNodeFactory.instance.objectNode(),
            Map.of("config", config));
    return new KubernetesBinding().test(connection, new OnlyNet()).orElseThrow();
  }

  @Test
  void who_may_do_everything_lacks_nothing() throws IOException {
    var tested = test(LabCluster.get().kubeconfig());
    assertThat(tested.system()).startsWith("Kubernetes v1.");
    assertThat(tested.identity()).isNotBlank();
    assertThat(tested.missing()).isEmpty();
  }

  @Test
  void who_may_only_read_hears_what_is_missing() throws IOException {
    var tested = test(LabCluster.get().kubeconfig("reader"));
    assertThat(tested.identity()).contains("reader");
    assertThat(tested.missing())
        .contains("may not create deployments in namespace default", "may not list nodes")
        .doesNotContain("may not list pods in namespace default");
  }

  /** A world of which only the network is needed. */
  private static final class OnlyNet implements OpContext, Effects {
    @Override
    public Effects effects() {
      return this;
    }

    @Override
    public Log log() {
      return (level, message, fields) -> {};
    }

    @Override
    public Net net() {
      return new SystemNet();
    }

    @Override
    public Files files() {
      throw new UnsupportedOperationException("What is given names no files.");
    }

    @Override
    public Processes processes() {
      throw new UnsupportedOperationException("What is given names no programs.");
    }

    @Override
    public Environment environment() {
      return name -> Optional.empty();
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }
  }
}
