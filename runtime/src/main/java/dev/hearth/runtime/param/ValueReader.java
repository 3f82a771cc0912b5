package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges one value by its schema and brings it into its final form: units converted, whole numbers
 * whole, defaults of properties filled in. Used once; collects everything that is wrong.
 */
final class ValueReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Beyond that nobody reads on. */
  private static final int MOST_VIOLATIONS = 20;

  private final List<Violation> violations = new ArrayList<>();

  List<Violation> violations() {
    return violations;
  }

  /**
   * Reads data whose types count.
   *
   * @param path of the value inside of the parameter, empty for all of it
   */
  JsonNode data(Schema schema, JsonNode given, String path) {
    if (violations.size() >= MOST_VIOLATIONS) {
      return given;
    }
    if (given.isFloatingPointNumber() && !Double.isFinite(given.doubleValue())) {
      violations.add(Violation.of(path, "be a finite number", given));
      return given;
    }
    var value = inUnit(schema, given, path);
    if (value.isMissingNode()) {
      return given; // told already
    }
    if (!schema.type().holds(value)) {
      var wrong = Violation.of(path, schema.type().duty(), given);
      violations.add(meant(schema, given).map(wrong::hint).orElse(wrong));
      return value;
    }
    var choice = Choices.check(schema.choices(), value, path);
    if (choice.isPresent()) {
      violations.add(choice.get());
      return value;
    }
    for (var rule : schema.rules()) {
      if (!rule.holds().test(value)) {
        violations.add(Violation.of(path, rule.duty(), given));
      }
    }
    return switch (value) {
      case ArrayNode list -> items(schema, list, path);
      case ObjectNode object -> properties(schema, object, path);
      default -> value.isNumber() ? number(value) : value;
    };
  }

  /** As JavaScript will hold it: {@code 2.0} is {@code 2}. */
  private static JsonNode number(JsonNode value) {
    return ValueType.INTEGER.holds(value)
        ? JSON.numberNode(value.longValue())
        : JSON.numberNode(value.doubleValue());
  }

  private JsonNode inUnit(Schema schema, JsonNode given, String path) {
    if (!given.isTextual() || schema.unit().isEmpty() || !schema.type().isNumeric()) {
      return given;
    }
    var unit = schema.unit().get();
    try {
      return unit.read(given.textValue()).<JsonNode>map(JSON::numberNode).orElse(given);
    } catch (Unit.NotThisUnit e) {
      violations.add(
          Violation.of(path, "be a number of " + unit, given.textValue()).hint(e.hint()));
      return JSON.missingNode();
    }
  }

  /** Who types 4GB for a number of MiB means 4GiB. */
  private static Optional<String> meant(Schema schema, JsonNode given) {
    return schema
        .unit()
        .filter(unit -> given.isTextual())
        .flatMap(unit -> unit.inPowersOfTwo(given.textValue()))
        .filter(meant -> schema.type().holds(JSON.numberNode(meant.number())))
        .map(meant -> "Did you mean `" + meant.text() + "`?");
  }

  private JsonNode items(Schema schema, ArrayNode list, String path) {
    if (schema.items().isEmpty()) {
      return list;
    }
    var result = JSON.arrayNode();
    for (int i = 0; i < list.size(); i++) {
      result.add(data(schema.items().get(), list.get(i), path + "[" + i + "]"));
    }
    return result;
  }

  private JsonNode properties(Schema schema, ObjectNode object, String path) {
    var result = JSON.objectNode();
    for (var property : object.properties()) {
      var name = property.getKey();
      var rule = Optional.ofNullable(schema.properties().get(name)).or(schema::otherProperties);
      if (violations.size() >= MOST_VIOLATIONS) {
        break;
      }
      if (rule.isPresent()) {
        result.set(name, data(rule.get(), property.getValue(), path + "." + name));
      } else {
        violations.add(unknownProperty(schema, name, object, path));
      }
    }
    schema
        .properties()
        .forEach(
            (name, rule) -> rule.fallback().ifPresent(value -> result.putIfAbsent(name, value)));
    for (var name : schema.needed()) {
      if (!result.has(name)) {
        violations.add(Violation.of(path, "have the property `" + name + "`", object));
      }
    }
    return result;
  }

  private static Violation unknownProperty(
      Schema schema, String name, ObjectNode object, String path) {
    var shown = Violation.show(JSON.textNode(name));
    var violation = Violation.of(path, "have no property `" + shown + "`", object);
    return Suggestion.closest(name, schema.properties().keySet())
        .map(near -> violation.hint("Did you mean `" + near + "`?"))
        .orElse(violation);
  }
}
