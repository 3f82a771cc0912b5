package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a container, network or volume was made of, as a label on it. What can never be changed is
 * as it was said to be, whatever an engine makes of it when it is asked: Podman tells much in other
 * words and some of it not at all. And what was said then and is not said any more can be told from
 * what an engine, an image or somebody else set.
 *
 * @param said the key and the digest of each field that was said; empty where there is no mark
 */
record SpecMark(Map<String, Said> said) {
  static final String LABEL = "dev.hearth.spec";

  /** A field of a mark: the key that it came from, and what it was. */
  record Said(String key, String digest) {}

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final int DIGITS = 16;

  /** Lists whose order says something; of the others it is the user's taste. */
  static final Set<String> ORDERED = Set.of("Cmd", "Entrypoint", "Test", "Dns", "DnsSearch");

  SpecMark {
    said = Map.copyOf(said);
  }

  /** The mark among these labels; an empty one where there is none. */
  static SpecMark of(JsonNode labels) {
    var said = new LinkedHashMap<String, Said>();
    try {
      for (var each : Engine.MAPPER.readTree(labels.path(LABEL).asText("")).properties()) {
        var parts = each.getValue().asText("").split(" ", 2);
        if (parts.length == 2) {
          said.put(each.getKey(), new Said(parts[1], parts[0]));
        }
      }
    } catch (JsonProcessingException e) {
      return new SpecMark(Map.of()); // somebody else's label
    }
    return new SpecMark(said);
  }

  /** The text of a mark. */
  static String text(Map<String, JsonNode> fields, Function<String, String> key) {
    var marks = new TreeMap<String, String>();
    fields.forEach(
        (field, value) -> marks.put(field, digest(field, value) + " " + key.apply(field)));
    return Engine.MAPPER.valueToTree(marks).toString();
  }

  boolean isThere() {
    return !said.isEmpty();
  }

  /** Whether that field was said, whatever it was. */
  boolean has(String field) {
    return said.containsKey(field);
  }

  /** Whether it was made with that value in that field. */
  boolean tells(String field, JsonNode value) {
    var mark = said.get(field);
    return mark != null && mark.digest().equals(digest(field, value));
  }

  private static String digest(String field, JsonNode value) {
    try {
      var name = field.substring(field.lastIndexOf('.') + 1);
      var plain =
          SORTED.writeValueAsString(SORTED.treeToValue(withoutOrder(name, value), Object.class));
      var bytes =
          MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, DIGITS);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK writes trees and has SHA-256.", e);
    }
  }

  private static JsonNode withoutOrder(String name, JsonNode value) {
    if (value.isObject()) {
      var object = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(each -> object.set(each.getKey(), withoutOrder(each.getKey(), each.getValue())));
      return object;
    }
    if (value.isArray()) {
      var elements = value.valueStream().map(each -> withoutOrder(name, each));
      var list = JsonNodeFactory.instance.arrayNode();
      (ORDERED.contains(name)
              ? elements
              : elements.sorted(Comparator.comparing(JsonNode::toString)))
          .forEach(list::add);
      return list;
    }
    return value;
  }
}
