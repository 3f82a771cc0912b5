package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpParts;

/** What recipes can do with a cluster. Every operation blocks; the runtime gives it a worker. */
final class KubernetesOps {
  private KubernetesOps() {}

  /** All that is done with a cluster, an area each. */
  static OpParts over(Cluster cluster, OpContext context) {
    return OpParts.of(
        new RawOps(cluster),
        new ObjectOps(cluster),
        new ListOps(cluster),
        new WatchOps(cluster),
        new SourceOps(context),
        new ManifestOps(cluster),
        new HelmOps(cluster, context),
        new ExecOps(cluster),
        new LogOps(cluster),
        new ForwardOps(cluster),
        new CopyOps(cluster),
        new NodeOps(cluster),
        new RolloutOps(cluster),
        new TopOps(cluster),
        new EventOps(cluster));
  }
}
