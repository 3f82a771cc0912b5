package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What a prune threw away.
 *
 * @param deleted as the engine lists it
 * @param reclaimedBytes of the disk
 */
record Reclaimed(JsonNode deleted, long reclaimedBytes) {
  /** Of an answer that has them under this name; null there means none. */
  static Reclaimed of(JsonNode answer, String name) {
    var deleted = answer.path(name);
    return new Reclaimed(
        deleted.isArray() ? deleted : JsonNodeFactory.instance.arrayNode(),
        answer.path("SpaceReclaimed").asLong(0));
  }
}
