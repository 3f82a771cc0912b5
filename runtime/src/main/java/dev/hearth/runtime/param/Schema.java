package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a value must be: a JSON Schema (2020-12), as far as we know it, read and ready to judge.
 *
 * @param unit the unit that numbers are in
 * @param choices the values of {@code enum} or {@code const}; empty for any
 * @param fallback the {@code default}
 * @param rules what else is asked of a value
 * @param items what each item of a list must be
 * @param properties what the named properties of an object must be
 * @param needed the names of the properties that an object must have
 * @param others what all other properties must be; empty when there may be none
 */
record Schema(
    ValueType type,
    Optional<Unit> unit,
    List<JsonNode> choices,
    Optional<JsonNode> fallback,
    List<Rule> rules,
    Optional<Schema> items,
    Map<String, Schema> properties,
    List<String> needed,
    Optional<Schema> others) {

  Schema withFallback(JsonNode value) {
    return new Schema(
        type, unit, choices, Optional.of(value), rules, items, properties, needed, others);
  }

  /** The schema that takes everything. */
  static final Schema ANYTHING =
      new Schema(
          ValueType.ANY,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Map.of(),
          List.of(),
          Optional.empty());

  /** What properties must be that are not named; empty when there may be none. */
  Optional<Schema> otherProperties() {
    return type == ValueType.ANY && properties.isEmpty() ? Optional.of(ANYTHING) : others;
  }
}
