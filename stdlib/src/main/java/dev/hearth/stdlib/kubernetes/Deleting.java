package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Has objects go, one by one. */
final class Deleting {
  private final Cluster cluster;

  Deleting(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * The UID of what goes; nothing where nothing was.
   *
   * @param options as {@link DeleteOptions} makes them
   */
  Optional<String> delete(ResourceKind kind, String namespace, String name, ObjectNode options) {
    var call =
        ApiCall.of("DELETE", kind.path(namespace, name))
            .body("application/json", options.toString().getBytes(StandardCharsets.UTF_8))
            .about(kind.subject(namespace, name));
    return cluster.server().find(call).map(Deleting::uid);
  }

  /** Servers tell the object that goes, or no more than its UID. */
  private static String uid(JsonNode said) {
    var uid = said.path("metadata").path("uid").asText("");
    return uid.isEmpty() ? said.path("details").path("uid").asText("") : uid;
  }
}
