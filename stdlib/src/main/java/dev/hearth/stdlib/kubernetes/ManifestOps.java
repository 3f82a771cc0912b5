package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.Op;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Many manifests at once. */
final class ManifestOps {
  private final Cluster cluster;

  ManifestOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What an earlier version made and this one has no more.
   *
   * @param kinds null for the usual ones
   */
  record Prune(Map<String, String> labels, @Nullable List<String> kinds) {}

  /**
   * A set of manifests.
   *
   * @param namespace where those are that name none
   */
  record Given(
      List<JsonNode> manifests,
      @Nullable String namespace,
      @Nullable Boolean force,
      @Nullable Boolean dryRun,
      @Nullable Prune prune) {

    private Applying.Options options() {
      return new Applying.Options(Boolean.TRUE.equals(force), Boolean.TRUE.equals(dryRun));
    }

    private Pruning pruning() {
      return prune == null ? Pruning.NONE : new Pruning(prune.labels(), prune.kinds());
    }
  }

  /**
   * What became of a set.
   *
   * @param changed whether anything was made, changed or deleted
   */
  record Applied(boolean changed, List<ManifestSet.Outcome> objects) {
    private static Applied of(List<ManifestSet.Outcome> objects) {
      return new Applied(objects.stream().anyMatch(each -> !each.action().equals("none")), objects);
    }
  }

  @Op(writes = true)
  Applied applySet(Given request) {
    var set = new ManifestSet(cluster, request.manifests(), request.namespace());
    return Applied.of(set.apply(request.options(), request.pruning()));
  }

  /** What that would do. */
  @Op
  Applied previewSet(Given request) {
    var set = new ManifestSet(cluster, request.manifests(), request.namespace());
    return Applied.of(set.preview(request.options(), request.pruning()));
  }

  /**
   * What is to go.
   *
   * @param propagation as for one object
   */
  record Delete(
      List<JsonNode> manifests,
      @Nullable String namespace,
      @Nullable String propagation,
      @Nullable Long graceSeconds,
      @Nullable Boolean dryRun) {}

  @Op(writes = true)
  List<ManifestSet.Gone> deleteSet(Delete request) {
    return new ManifestSet(cluster, request.manifests(), request.namespace())
        .delete(DeleteOptions.of(request.propagation(), request.graceSeconds(), request.dryRun()));
  }
}
