package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what an earlier version of a set of manifests made and this one has no more: what has the
 * labels of the set, was applied by Hearth, and belongs to nothing else.
 *
 * @param labels those of every manifest of the set; empty for no pruning
 * @param kinds which kinds are looked at besides those of the set; null for the usual ones
 */
record Pruning(Map<String, String> labels, @Nullable List<String> kinds) {
  static final Pruning NONE = new Pruning(Map.of(), null);

  /** Not what holds data or other objects: those go by hand, or when they are named. */
  private static final List<String> USUAL =
      List.of(
          "v1/ConfigMap",
          "v1/Secret",
          "v1/Service",
          "v1/ServiceAccount",
          "apps/Deployment",
          "apps/StatefulSet",
          "apps/DaemonSet",
          "batch/Job",
          "batch/CronJob",
          "networking.k8s.io/Ingress",
          "networking.k8s.io/NetworkPolicy",
          "rbac.authorization.k8s.io/Role",
          "rbac.authorization.k8s.io/RoleBinding");

  /** By which others mark what they keep. */
  private static final Set<String> OF_OTHERS =
      Set.of(ObjectCopy.LAST_APPLIED, "meta.helm.sh/release-name");

  /** Fails for a manifest that would not be found again by the labels. */
  void check(List<JsonNode> manifests) {
    for (var manifest : manifests) {
      labels.forEach(
          (name, value) -> {
            if (!manifest.path("metadata").path("labels").path(name).asText("").equals(value)) {
              throw new HearthException(
                  KubernetesError.PRUNE_LABELS,
                  manifest.path("kind").asText(),
                  manifest.path("metadata").path("name").asText(),
                  name + ": " + value);
            }
          });
    }
  }

  /**
   * Prunes, or tells what would go.
   *
   * @param kept the UIDs of what the set has
   * @param places the namespaces in which it has something
   */
  List<ManifestSet.Outcome> prune(
      Cluster cluster, Set<String> kept, Set<String> places, boolean onlyLook) {
    var pruned = new ArrayList<ManifestSet.Outcome>();
    if (labels.isEmpty()) {
      return pruned;
    }
    var selector = Selector.labels(ApiServer.MAPPER.valueToTree(labels));
    for (var kind : resolved(cluster)) {
      for (var place : kind.namespaced() ? places : Set.of("")) {
        var list =
            ApiCall.get(kind.path(place)).param("labelSelector", selector).about(kind.plural());
        for (var object : cluster.server().items(list)) {
          if (!kept.contains(object.path("metadata").path("uid").asText()) && isOurs(object)) {
            if (!onlyLook) {
              delete(cluster, kind, object);
            }
            pruned.add(outcome(kind, object));
          }
        }
      }
    }
    return pruned;
  }

  private List<ResourceKind> resolved(Cluster cluster) {
    var found = new LinkedHashSet<ResourceKind>();
    for (var name : kinds == null ? USUAL : kinds) {
      try {
        found.add(cluster.kinds().named(name));
      } catch (HearthException e) {
        if (kinds != null || e.code() != KubernetesError.KIND_UNKNOWN) {
          throw e;
        }
      }
    }
    return found.stream().sorted(ManifestOrder.goingFirst()).toList();
  }

  /** What Hearth applied and nobody else did, neither a tool of another kind nor a controller. */
  private static boolean isOurs(JsonNode object) {
    var metadata = object.path("metadata");
    if (!metadata.path("ownerReferences").isEmpty()
        || metadata.has("deletionTimestamp")
        || OF_OTHERS.stream().anyMatch(metadata.path("annotations")::has)) {
      return false;
    }
    var appliers = new TreeSet<String>();
    for (var field : metadata.path("managedFields")) {
      if (field.path("operation").asText().equals("Apply")) {
        appliers.add(field.path("manager").asText());
      }
    }
    return appliers.equals(Set.of(Applying.MANAGER));
  }

  private static ManifestSet.Outcome outcome(ResourceKind kind, JsonNode object) {
    var metadata = object.path("metadata");
    return ManifestSet.Outcome.of(
        "prune", kind, metadata.path("name").asText(), metadata.path("namespace").asText(""));
  }

  private static void delete(Cluster cluster, ResourceKind kind, JsonNode object) {
    var metadata = object.path("metadata");
    var options = DeleteOptions.of("background", null, null);
    var _ =
        new Deleting(cluster)
            .delete(
                kind,
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(),
                DeleteOptions.only(metadata.path("uid").asText(), options));
  }
}
