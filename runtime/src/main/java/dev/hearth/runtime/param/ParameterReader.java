package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.param.Parameter.Need;
import dev.hearth.runtime.param.Problems.Spot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the declared parameters one by one. */
final class ParameterReader {
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

  /** What every JavaScript object has already; a missing parameter must read as undefined. */
  private static final Set<String> OBJECT_MEMBERS =
      Set.of(
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toLocaleString",
          "toString",
          "valueOf");

  private final Problems problems;
  private final SchemaReader schemas;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, String> flags = new HashMap<>();

  ParameterReader(Problems problems) {
    this.problems = problems;
    this.schemas = new SchemaReader(problems);
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** The place of a whole parameter. */
  static Spot spot(String name) {
    return new Spot(name, new Spot("", "").pointer(name));
  }

  void read(String name, JsonNode declared) {
    var at = spot(name);
    if (!NAME.matcher(name).matches()) {
      problems.whole(
          at,
          "that is no name for a parameter",
          "Write it in camelCase, such as `diskSize`: letters and digits, a small letter first.");
      return;
    }
    if (OBJECT_MEMBERS.contains(name)) {
      problems.whole(at, "every JavaScript object has that already", "Choose another name.");
      return;
    }
    var schema = schemas.read(declared, at);
    if (declared.isObject() && schema.type() == ValueType.ANY && !declared.has("type")) {
      problems.whole(at, "it has no type", "Add one, such as `type: 'string'`.");
    }
    var parameter =
        new Parameter(
            name,
            declared.path("summary").asText(declared.path("title").asText("")),
            declared.path("description").asText(""),
            Need.of(required(declared, at), secret(declared, schema, at)),
            schema);
    parameters.put(name, parameter);
    claim(parameter.flag(), at);
    parameter.negation().ifPresent(flag -> claim(flag, at));
  }

  private boolean required(JsonNode declared, Spot at) {
    var required = declared.path("required").asBoolean(false);
    if (required && declared.has("default")) {
      problems.key(
          at,
          "required",
          "`required` and `default` exclude each other",
          "Remove `required`: a parameter with a default always has a value.");
    }
    return required;
  }

  private boolean secret(JsonNode declared, Schema schema, Spot at) {
    var secret = declared.path("secret");
    if (!secret.isMissingNode() && !secret.isBoolean()) {
      problems.value(
          at, "secret", "`secret` is neither `true` nor `false`", "Write `secret: true`.");
    }
    if (!secret.asBoolean(false)) {
      return false;
    }
    for (var key : Set.of("default", "enum", "const", "examples")) {
      if (declared.has(key)) {
        problems.key(
            at,
            key,
            "a secret has no `" + key + "`, since everyone can read the recipe",
            "Remove it; the value is asked for when it is needed.");
      }
    }
    if (schema.type() != ValueType.STRING) {
      problems.key(at, "secret", "only a text can be a secret", "Use `type: 'string'`.");
    }
    return true;
  }

  private void claim(String flag, Spot at) {
    var other = flags.putIfAbsent(flag, at.name());
    if (other != null && !other.equals(at.name())) {
      problems.whole(
          at,
          "its flag `%s` is already that of `%s`".formatted(flag, other),
          "Give one of them another name.");
    }
  }
}
