package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Nodes that are taken out of use and put back. */
final class NodeOps {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Cluster cluster;

  NodeOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Whether a node takes new pods.
   *
   * @param takes whether it is to
   */
  record Cordon(String name, boolean takes) {}

  /** Whether that was a change. */
  record Cordoned(boolean changed) {}

  @Op(writes = true)
  Cordoned cordon(Cordon request) {
    return new Cordoned(
        cordon(cluster, request.name(), !request.takes(), Outage.ofCall(cluster.server())));
  }

  /** Says that a node takes no pods, or takes some again; false when it was so. */
  static boolean cordon(Cluster cluster, String name, boolean isClosed, Outage outage) {
    var kind = cluster.kinds().of("v1", "Node");
    var path = kind.path("", name);
    var subject = kind.subject("", name);
    var before = cluster.server().json(ApiCall.get(path).about(subject), outage);
    if (before.path("spec").path("unschedulable").asBoolean() == isClosed) {
      return false;
    }
    var patch = "{\"spec\":{\"unschedulable\":" + (isClosed ? "true" : "null") + "}}";
    var _ =
        cluster
            .server()
            .json(
                ApiCall.of("PATCH", path)
                    .param("fieldManager", Applying.MANAGER)
                    .body("application/merge-patch+json", patch.getBytes(StandardCharsets.UTF_8))
                    .about(subject)
                    .repeatable(),
                outage);
    return true;
  }

  /**
   * What may be done for a node to be empty.
   *
   * @param labels of the only pods that are to go; null for all
   * @param deleteEmptyDir whether pods may go whose data goes with them
   * @param force whether pods may go that nobody makes anew
   * @param graceSeconds how long they may take to end; null for what they say themselves
   * @param timeout null for five minutes
   */
  record Drain(
      String name,
      @Nullable JsonNode labels,
      @Nullable Boolean deleteEmptyDir,
      @Nullable Boolean force,
      @Nullable Integer graceSeconds,
      @Nullable Duration timeout) {}

  @Op(writes = true)
  Draining.Drained drain(Drain request) {
    if (request.graceSeconds() != null && request.graceSeconds() < 0) {
      throw new HearthException(
          KubernetesError.OPTION_WRONG,
          "graceSeconds",
          request.graceSeconds(),
          "0 for at once, or more");
    }
    var rules =
        new Draining.Rules(
            Boolean.TRUE.equals(request.deleteEmptyDir()),
            Boolean.TRUE.equals(request.force()),
            request.graceSeconds(),
            Objects.requireNonNullElse(request.timeout(), PATIENCE));
    return new Draining(cluster, request.name(), Selector.labels(request.labels()), rules).run();
  }
}
