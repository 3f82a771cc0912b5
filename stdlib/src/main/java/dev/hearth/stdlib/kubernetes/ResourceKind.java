package dev.hearth.stdlib.kubernetes;

import java.util.List;

/**
 * A kind of objects as one version of a cluster's API has it.
 *
 * @param group empty for the core
 * @param plural as it stands in paths
 * @param verbs what can be done with it, such as {@code list}
 * @param subresources such as {@code scale}, {@code status}
 */
record ResourceKind(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    List<String> shortNames,
    boolean namespaced,
    List<String> verbs,
    List<String> subresources) {

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** How it is named beyond doubt: {@code apps/v1/Deployment}. */
  String name() {
    return apiVersion() + "/" + kind;
  }

  boolean isSecret() {
    return group.isEmpty() && kind.equals("Secret");
  }

  /** Whether its group is one of Kubernetes' own, rather than of somebody who extends it. */
  boolean isOfKubernetes() {
    return !group.contains(".") || (group.endsWith(".k8s.io") && !group.startsWith("metrics."));
  }

  private ApiPath root() {
    return group.isEmpty() ? ApiPath.of("api", version) : ApiPath.of("apis", group, version);
  }

  /** Where all of a namespace are, or all of the cluster for an empty one. */
  ApiPath path(String namespace) {
    return namespaced && !namespace.isEmpty()
        ? root().then("namespaces").then(ApiPath.name(namespace, "namespace")).then(plural)
        : root().then(plural);
  }

  ApiPath path(String namespace, String name) {
    return path(namespace).then(ApiPath.name(name, "name"));
  }

  /** How one is called in messages: {@code Deployment web in namespace default}. */
  String subject(String namespace, String name) {
    return "%s `%s`%s"
        .formatted(
            kind,
            ApiPath.shown(name),
            namespaced ? " in namespace `" + ApiPath.shown(namespace) + "`" : "");
  }
}
