package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object as recipes see it: no managed fields, no values of Secrets. */
final class ShownObject {
  private ShownObject() {}

  /** The tree that is given is changed. */
  static JsonNode of(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    return SecretMask.masked(object);
  }
}
