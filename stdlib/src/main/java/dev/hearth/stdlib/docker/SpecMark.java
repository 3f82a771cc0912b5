package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a container was made of, as a label on it. What can never be changed of a container is as it
 * was said to be, whatever an engine makes of it when it is asked: Podman tells much in other words
 * and some of it not at all.
 */
final class SpecMark {
  static final String LABEL = "dev.hearth.spec";

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final int DIGITS = 16;

  private SpecMark() {}

  /** The specification with its mark. */
  static ContainerSpec marked(ContainerSpec spec) {
    var digests = new TreeMap<String, String>();
    spec.fields().forEach((field, value) -> digests.put(field, digest(value)));
    return spec.labelled(Map.of(LABEL, Engine.MAPPER.valueToTree(digests).toString()));
  }

  /** Whether a container was made with that value in that field. */
  static boolean tells(JsonNode container, String field, JsonNode value) {
    var mark = container.at("/Config/Labels").path(LABEL).asText("");
    try {
      return !mark.isEmpty()
          && Engine.MAPPER.readTree(mark).path(field).asText("").equals(digest(value));
    } catch (JsonProcessingException e) {
      return false; // somebody else's label
    }
  }

  private static String digest(JsonNode value) {
    try {
      var plain = SORTED.writeValueAsString(SORTED.treeToValue(value, Object.class));
      var bytes =
          MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, DIGITS);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK writes trees and has SHA-256.", e);
    }
  }
}
