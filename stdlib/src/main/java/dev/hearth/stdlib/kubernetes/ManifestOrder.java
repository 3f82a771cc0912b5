package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/**
 * In which order manifests are applied: namespaces and definitions of kinds before all that may
 * need them, then what others refer to, then what runs, and what may refuse the rest at last.
 */
final class ManifestOrder {
  private static final List<String> FIRST =
      List.of(
          "Namespace",
          "CustomResourceDefinition",
          "PriorityClass",
          "RuntimeClass",
          "StorageClass",
          "IngressClass",
          "ResourceQuota",
          "LimitRange",
          "NetworkPolicy",
          "PodSecurityPolicy",
          "ServiceAccount",
          "Secret",
          "ConfigMap",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding",
          "Service",
          "DaemonSet",
          "Pod",
          "ReplicationController",
          "ReplicaSet",
          "Deployment",
          "StatefulSet",
          "HorizontalPodAutoscaler",
          "PodDisruptionBudget",
          "Job",
          "CronJob",
          "Ingress");

  private static final List<String> LAST =
      List.of("APIService", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

  private ManifestOrder() {}

  /** Those of one kind stay in the order in which they were given. */
  static Comparator<JsonNode> byKind() {
    return Comparator.comparingInt(manifest -> rank(manifest.path("kind").asText("")));
  }

  /** In which kinds of objects go: what runs before what it needs. */
  static Comparator<ResourceKind> goingFirst() {
    return Comparator.comparingInt((ResourceKind kind) -> rank(kind.kind())).reversed();
  }

  private static int rank(String kind) {
    int first = FIRST.indexOf(kind);
    if (first >= 0) {
      return first;
    }
    int last = LAST.indexOf(kind);
    return FIRST.size() + 1 + last; // a custom kind is before the last ones
  }
}
