package dev.hearth.stdlib.kubernetes;

import org.jspecify.annotations.Nullable;

/** Which pod. */
record PodName(String namespace, String name) {
  static PodName of(ApiServer server, @Nullable String namespace, String name) {
    return new PodName(
        namespace == null ? server.namespace() : ApiPath.name(namespace, "namespace"),
        ApiPath.name(name, "name"));
  }

  ApiPath path() {
    return ApiPath.of("api", "v1", "namespaces", namespace, "pods", name);
  }

  /** As messages call it. */
  @Override
  public String toString() {
    return "Pod `" + name + "` in namespace `" + namespace + "`";
  }
}
