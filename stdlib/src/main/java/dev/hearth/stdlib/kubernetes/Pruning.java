package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
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
    var terms = new TreeSet<String>();
    labels.forEach((name, value) -> terms.add(name + "=" + value));
    for (var kind : resolved(cluster)) {
      for (var place : kind.namespaced() ? places : Set.of("")) {
        var list =
            ApiCall.get(kind.path(place))
                .param("labelSelector", String.join(",", terms))
                .about(kind.plural());
        for (var object : list(cluster, list)) {
          if (!kept.contains(object.path("metadata").path("uid").asText()) && isOurs(object)) {
            pruned.add(outcome(kind, object));
            if (!onlyLook) {
              delete(cluster, kind, object);
            }
          }
        }
      }
    }
    return pruned;
  }

  private Set<ResourceKind> resolved(Cluster cluster) {
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
    return found;
  }

  private static List<JsonNode> list(Cluster cluster, ApiCall list) {
    var found = new ArrayList<JsonNode>();
    String token = null;
    do {
      var page = cluster.server().json(list.param("limit", 500).param("continue", token));
      page.path("items").forEach(found::add);
      token = page.path("metadata").path("continue").asText("");
    } while (!token.isEmpty());
    return found;
  }

  private static boolean isOurs(JsonNode object) {
    var metadata = object.path("metadata");
    if (!metadata.path("ownerReferences").isEmpty() || metadata.has("deletionTimestamp")) {
      return false;
    }
    for (var field : metadata.path("managedFields")) {
      if (field.path("manager").asText().equals(Applying.MANAGER)
          && field.path("operation").asText().equals("Apply")) {
        return true;
      }
    }
    return false;
  }

  private static ManifestSet.Outcome outcome(ResourceKind kind, JsonNode object) {
    var metadata = object.path("metadata");
    return new ManifestSet.Outcome(
        "prune",
        kind.apiVersion(),
        kind.kind(),
        metadata.path("name").asText(),
        metadata.path("namespace").asText(""),
        List.of());
  }

  private static void delete(Cluster cluster, ResourceKind kind, JsonNode object) {
    var metadata = object.path("metadata");
    var namespace = metadata.path("namespace").asText("");
    var name = metadata.path("name").asText();
    var options = DeleteOptions.of("background", null, null);
    // Another object may have taken the name since the list was read.
    options.putObject("preconditions").put("uid", metadata.path("uid").asText());
    try {
      cluster
          .server()
          .json(
              ApiCall.of("DELETE", kind.path(namespace, name))
                  .body("application/json", options.toString().getBytes(StandardCharsets.UTF_8))
                  .about(kind.subject(namespace, name)));
    } catch (HearthException e) {
      if (e.code() != KubernetesError.NOT_FOUND) {
        throw e;
      }
    }
  }
}
