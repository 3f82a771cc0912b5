package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks the cluster to let a pod go, in the version of that question which it knows. */
final class Eviction {
  private final Cluster cluster;
  private final @Nullable Integer graceSeconds;
  private final String version;

  Eviction(Cluster cluster, @Nullable Integer graceSeconds, Outage outage) {
    this.cluster = cluster;
    this.graceSeconds = graceSeconds;
    this.version = version(cluster.server(), outage);
  }

  /** {@code policy/v1} since Kubernetes 1.22; the server says so with its pods. */
  private static String version(ApiServer server, Outage outage) {
    var core = server.json(ApiCall.get(ApiPath.of("api", "v1")).about("the API of pods"), outage);
    for (var resource : core.path("resources")) {
      if (resource.path("name").asText().equals("pods/eviction")) {
        return resource.path("group").asText("policy")
            + "/"
            + resource.path("version").asText("v1");
      }
    }
    throw new HearthException(KubernetesError.VERB_MISSING, "evict", "pods");
  }

  /** False when it has gone already, whatever took its name. */
  boolean ask(PodName pod, String uid, Outage outage) {
    var body = ApiServer.MAPPER.createObjectNode();
    body.put("apiVersion", version).put("kind", "Eviction");
    body.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
    var options = body.putObject("deleteOptions");
    if (graceSeconds != null) {
      options.put("gracePeriodSeconds", graceSeconds);
    }
    // Asked twice, it is this pod that goes, and not the one in its place.
    var _ = DeleteOptions.only(uid, options);
    try {
      var _ =
          cluster
              .server()
              .json(
                  ApiCall.of("POST", pod.path().then("eviction"))
                      .body("application/json", body.toString().getBytes(StandardCharsets.UTF_8))
                      .about(pod.toString())
                      .repeatable(),
                  outage);
      return true;
    } catch (HearthException e) {
      if (e.code() == KubernetesError.NOT_FOUND
          || (e.code() == KubernetesError.CONFLICT && !isThere(pod, uid, outage))) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a refusal says that the pod goes anyway. */
  static boolean isSuperfluous(HearthException refusal) {
    if (refusal.details().get("details") instanceof JsonNode details) {
      for (var cause : details.path("causes")) {
        if (cause.path("reason").asText().equals("NamespaceTerminating")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it is this pod that is there, and not another that took its name. */
  boolean isThere(PodName pod, String uid, Outage outage) {
    return cluster
        .server()
        .find(ApiCall.get(pod.path()).about(pod.toString()), outage)
        .filter(now -> now.path("metadata").path("uid").asText().equals(uid))
        .isPresent();
  }
}
