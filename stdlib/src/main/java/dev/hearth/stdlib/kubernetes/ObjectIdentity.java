package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What names an object, and a version of it.
 *
 * @param namespace empty for what is in none
 * @param uid empty for what was never stored
 */
record ObjectIdentity(
    String apiVersion, String kind, String namespace, String name, String uid, String version) {

  static ObjectIdentity of(JsonNode object) {
    var metadata = object.path("metadata");
    return new ObjectIdentity(
        object.path("apiVersion").asText(""),
        object.path("kind").asText(""),
        metadata.path("namespace").asText(""),
        metadata.path("name").asText(""),
        metadata.path("uid").asText(""),
        metadata.path("resourceVersion").asText(""));
  }

  /** An object of which no more is known. */
  ObjectNode bare() {
    var made = ApiServer.MAPPER.createObjectNode();
    made.put("apiVersion", apiVersion).put("kind", kind);
    var metadata = made.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", uid);
    return made;
  }
}
