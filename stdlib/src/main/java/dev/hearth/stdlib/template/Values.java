package dev.hearth.stdlib.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/** How values compare in templates. */
final class Values {
  private Values() {}

  static boolean equal(JsonNode a, JsonNode b) {
    return (a.isNumber() && b.isNumber())
        ? a.decimalValue().compareTo(b.decimalValue()) == 0
        : a.equals(b);
  }

  /** An item of a list, a key of an object, a part of a text. */
  static boolean contains(JsonNode all, JsonNode one) {
    if (all.isTextual()) {
      return all.textValue().contains(one.asText());
    }
    if (all.isObject()) {
      return all.has(one.asText());
    }
    for (var each : all) {
      if (equal(each, one)) {
        return true;
      }
    }
    return false;
  }

  /** Empty for what has no order. */
  static OptionalInt compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return OptionalInt.of(a.decimalValue().compareTo(b.decimalValue()));
    }
    return (a.isTextual() && b.isTextual())
        ? OptionalInt.of(a.textValue().compareTo(b.textValue()))
        : OptionalInt.empty();
  }
}
