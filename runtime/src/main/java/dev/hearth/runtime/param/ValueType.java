package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code type} of a schema. */
public enum ValueType {
  STRING("be a text"),
  INTEGER("be a whole number"),
  NUMBER("be a number"),
  BOOLEAN("be `true` or `false`"),
  ARRAY("be a list"),
  OBJECT("be an object"),
  /** None declared. */
  ANY("be anything");

  private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf((1L << 53) - 1);

  private final String duty;

  ValueType(String duty) {
    this.duty = duty;
  }

  /** What a value must do to be of this type, to follow {@code must}. */
  String duty() {
    return duty;
  }

  /** As it is written in a schema. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isNumeric() {
    return this == INTEGER || this == NUMBER;
  }

  /** The words that {@code type} may be. */
  static List<String> words() {
    return Stream.of(values()).filter(type -> type != ANY).map(ValueType::word).toList();
  }

  static Optional<ValueType> of(String word) {
    return Stream.of(values()).filter(type -> type != ANY && type.word().equals(word)).findFirst();
  }

  boolean holds(JsonNode value) {
    return switch (this) {
      case STRING -> value.isTextual();
      case INTEGER -> value.isNumber() && isWhole(value.decimalValue());
      case NUMBER -> value.isNumber();
      case BOOLEAN -> value.isBoolean();
      case ARRAY -> value.isArray();
      case OBJECT -> value.isObject();
      case ANY -> true;
    };
  }

  /** Whole, and small enough for JavaScript to hold it exactly. */
  private static boolean isWhole(BigDecimal number) {
    return number.abs().compareTo(LARGEST_EXACT) <= 0
        && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
  }

  /** The type that all of these values have, to spare authors a word. */
  static Optional<ValueType> common(List<JsonNode> values) {
    return Stream.of(STRING, INTEGER, NUMBER, BOOLEAN, ARRAY, OBJECT)
        .filter(type -> !values.isEmpty() && values.stream().allMatch(type::holds))
        .findFirst();
  }
}
