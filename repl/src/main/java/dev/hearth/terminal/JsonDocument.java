package dev.hearth.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON that {@code --json} prints. Its shape is a contract: fields are added, never changed.
 */
public final class JsonDocument {
  /** The version of every JSON document that the command line prints. */
  public static final int SCHEMA = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonDocument() {}

  /** A new document of one type: {@code {"schema":1,"type":TYPE}}. */
  public static ObjectNode of(String type) {
    return MAPPER.createObjectNode().put("schema", SCHEMA).put("type", type);
  }

  /** An object inside of a document. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The document on one line. */
  public static String line(JsonNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written.", e);
    }
  }
}
