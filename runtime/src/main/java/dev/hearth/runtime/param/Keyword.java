package dev.hearth.runtime.param;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keywords of a schema, and which types they say something about. */
final class Keyword {
  private static final Set<ValueType> ALL = EnumSet.allOf(ValueType.class);
  private static final Set<ValueType> TEXT = EnumSet.of(ValueType.STRING);
  private static final Set<ValueType> NUMERIC = EnumSet.of(ValueType.INTEGER, ValueType.NUMBER);
  private static final Set<ValueType> LIST = EnumSet.of(ValueType.ARRAY);
  private static final Set<ValueType> OBJECT = EnumSet.of(ValueType.OBJECT);

  private static final Map<String, Set<ValueType>> TYPES =
      Map.ofEntries(
          Map.entry("type", ALL),
          Map.entry("enum", ALL),
          Map.entry("const", ALL),
          Map.entry("default", ALL),
          Map.entry("examples", ALL),
          Map.entry("title", ALL),
          Map.entry("summary", ALL),
          Map.entry("description", ALL),
          Map.entry("required", ALL),
          Map.entry("secret", TEXT),
          Map.entry("minLength", TEXT),
          Map.entry("maxLength", TEXT),
          Map.entry("pattern", TEXT),
          Map.entry("format", TEXT),
          Map.entry("unit", NUMERIC),
          Map.entry("minimum", NUMERIC),
          Map.entry("maximum", NUMERIC),
          Map.entry("exclusiveMinimum", NUMERIC),
          Map.entry("exclusiveMaximum", NUMERIC),
          Map.entry("multipleOf", NUMERIC),
          Map.entry("items", LIST),
          Map.entry("minItems", LIST),
          Map.entry("maxItems", LIST),
          Map.entry("uniqueItems", LIST),
          Map.entry("properties", OBJECT),
          Map.entry("additionalProperties", OBJECT));

  private Keyword() {}

  static List<String> all() {
    return TYPES.keySet().stream().sorted().toList();
  }

  static boolean exists(String keyword) {
    return TYPES.containsKey(keyword);
  }

  /** Whether the keyword says anything about values of this type. */
  static boolean fits(String keyword, ValueType type) {
    return type == ValueType.ANY || TYPES.getOrDefault(keyword, Set.of()).contains(type);
  }

  static String typesOf(String keyword) {
    var types = TYPES.getOrDefault(keyword, Set.of());
    return types.stream()
        .map(type -> "`" + type.word() + "`")
        .reduce((a, b) -> a + " or " + b)
        .orElse("");
  }
}
