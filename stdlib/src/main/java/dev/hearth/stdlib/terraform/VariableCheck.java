package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a value fits a variable, by Terraform's own rules: a number may be written as a text and
 * the other way round, and null stands for nothing. Values themselves are not told: they may be
 * secret.
 */
final class VariableCheck {
  private static final int LONGEST_NUMBER = 1000;

  private final List<Problem> problems = new ArrayList<>();

  /**
   * What does not fit.
   *
   * @param place of it, such as {@code disks[0].size}
   * @param what is wrong, such as {@code number is expected, not a text}
   */
  record Problem(String place, String what) {}

  private VariableCheck() {}

  /** All that does not fit; none when all does. */
  static List<Problem> of(ModuleDescription.Variable variable, JsonNode value) {
    if (value.isNull() && !variable.nullable()) {
      return List.of(new Problem(variable.name(), "it may not be null"));
    }
    var check = new VariableCheck();
    check.check(variable.name(), variable.valueType(), value);
    return List.copyOf(check.problems);
  }

  private void check(String place, VariableType type, JsonNode value) {
    if (value.isNull()) {
      return; // whether the variable itself may be null was looked at before
    }
    switch (type) {
      case VariableType.Any _ -> {}
      case VariableType.Single single -> {
        if (!fits(single, value)) {
          expected(place, type, value);
        }
      }
      case VariableType.Items(var of, _) -> {
        if (isOf(JsonNodeType.ARRAY, place, type, value)) {
          for (int i = 0; i < value.size(); i++) {
            check(place + "[" + i + "]", of, value.path(i));
          }
        }
      }
      case VariableType.Entries(var of) -> {
        if (isOf(JsonNodeType.OBJECT, place, type, value)) {
          value
              .properties()
              .forEach(each -> check(inside(place, each.getKey()), of, each.getValue()));
        }
      }
      case VariableType.Places(var types) -> {
        if (isOf(JsonNodeType.ARRAY, place, type, value)) {
          checkPlaces(place, types, value);
        }
      }
      case VariableType.Fields fields -> {
        if (isOf(JsonNodeType.OBJECT, place, type, value)) {
          checkFields(place, fields, (ObjectNode) value);
        }
      }
    }
  }

  private void checkPlaces(String place, List<VariableType> types, JsonNode value) {
    if (value.size() != types.size()) {
      problems.add(new Problem(place, types.size() + " values are expected, not " + value.size()));
      return;
    }
    for (int i = 0; i < types.size(); i++) {
      check(place + "[" + i + "]", types.get(i), value.path(i));
    }
  }

  private void checkFields(String place, VariableType.Fields type, ObjectNode value) {
    type.fields()
        .forEach(
            (name, field) -> {
              var given = value.get(name);
              if (given != null) {
                check(inside(place, name), field.type(), given);
              } else if (!field.isOptional()) {
                problems.add(new Problem(inside(place, name), "it is missing"));
              }
            });
    // Terraform drops what the type does not have, and what was meant is lost.
    for (var given : value.properties()) {
      if (!type.fields().containsKey(given.getKey())) {
        problems.add(
            new Problem(
                inside(place, given.getKey()),
                "there is no such field"
                    + Suggestion.closest(given.getKey(), type.fields().keySet())
                        .map(close -> "; `" + close + "` is the closest")
                        .orElse("")));
      }
    }
  }

  private static boolean fits(VariableType.Single type, JsonNode value) {
    return switch (type) {
      case STRING -> value.isValueNode();
      case NUMBER -> value.isTextual() ? isNumber(value.textValue()) : value.isNumber();
      case BOOL -> value.isBoolean() || value.asText().matches("true|false");
    };
  }

  private static boolean isNumber(String text) {
    try {
      return text.length() < LONGEST_NUMBER && new BigDecimal(text).precision() > 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean isOf(JsonNodeType wanted, String place, VariableType type, JsonNode value) {
    if (value.getNodeType() == wanted) {
      return true;
    }
    expected(place, type, value);
    return false;
  }

  private void expected(String place, VariableType type, JsonNode value) {
    var kind =
        switch (value.getNodeType()) {
          case STRING -> "a text";
          case BOOLEAN -> "true or false";
          case ARRAY -> "an array";
          case OBJECT -> "an object";
          default -> "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    problems.add(new Problem(place, "`" + type.text() + "` is expected, not " + kind));
  }

  private static String inside(String place, String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_-]*")
        ? place + "." + name
        : place + "[\"" + name + "\"]";
  }
}
