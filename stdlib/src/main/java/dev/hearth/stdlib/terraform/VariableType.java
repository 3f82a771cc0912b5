package dev.hearth.stdlib.terraform;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type that a module gives a variable. */
sealed interface VariableType {
  /** Whatever fits. */
  enum Any implements VariableType {
    ANY
  }

  /** A single value: {@code string}, {@code number} or {@code bool}. */
  enum Single implements VariableType {
    STRING,
    NUMBER,
    BOOL
  }

  /** {@code list(T)}, or {@code set(T)}. */
  record Items(VariableType of, boolean isSet) implements VariableType {}

  /** {@code map(T)}. */
  record Entries(VariableType of) implements VariableType {}

  /** {@code tuple([…])}: so many values, each of its own type. */
  record Places(List<VariableType> types) implements VariableType {}

  /** <code>object({ … })</code>. */
  record Fields(Map<String, Field> fields) implements VariableType {}

  /**
   * A field of an object.
   *
   * @param isOptional whether it may be missing
   * @param whenMissing what it is then; null for nothing
   */
  record Field(VariableType type, boolean isOptional, @Nullable JsonNode whenMissing) {}

  /** The type that an expression names; empty where it names none. */
  static Optional<VariableType> of(HclTerm term) {
    return switch (term) {
      case HclTerm.Word(var name) -> ofWord(name);
      case HclTerm.Call(var name, var arguments) when arguments.size() == 1 ->
          ofCall(name, arguments.getFirst());
      case HclTerm.Constant(var value) when value.isTextual() -> ofWord(value.textValue());
      default -> Optional.empty();
    };
  }

  private static Optional<VariableType> ofWord(String name) {
    return switch (name) {
      case "string" -> Optional.of(Single.STRING);
      case "number" -> Optional.of(Single.NUMBER);
      case "bool" -> Optional.of(Single.BOOL);
      case "any" -> Optional.of(Any.ANY);
      // As modules of Terraform before 0.12 have it.
      case "list" -> Optional.of(new Items(Any.ANY, false));
      case "map" -> Optional.of(new Entries(Any.ANY));
      default -> Optional.empty();
    };
  }

  private static Optional<VariableType> ofCall(String name, HclTerm argument) {
    return switch (name) {
      case "list" -> of(argument).map(type -> new Items(type, false));
      case "set" -> of(argument).map(type -> new Items(type, true));
      case "map" -> of(argument).map(Entries::new);
      case "tuple" ->
          argument instanceof HclTerm.Tuple(var items) ? places(items) : Optional.empty();
      case "object" ->
          argument instanceof HclTerm.Fields(var fields) ? fields(fields) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<VariableType> places(List<HclTerm> items) {
    var types = new ArrayList<VariableType>();
    for (var item : items) {
      var type = of(item);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      types.add(type.get());
    }
    return Optional.of(new Places(types));
  }

  private static Optional<VariableType> fields(List<HclTerm.Field> written) {
    var fields = new LinkedHashMap<String, Field>();
    for (var each : written) {
      var field = field(each.value());
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.put(each.name(), field.get());
    }
    return Optional.of(new Fields(fields));
  }

  private static Optional<Field> field(HclTerm term) {
    if (term instanceof HclTerm.Call(var name, var arguments)
        && name.equals("optional")
        && !arguments.isEmpty()) {
      var whenMissing = arguments.size() > 1 ? arguments.get(1).constant().orElse(null) : null;
      return of(arguments.getFirst()).map(type -> new Field(type, true, whenMissing));
    }
    return of(term).map(type -> new Field(type, false, null));
  }

  /** As Terraform writes it. */
  default String text() {
    return switch (this) {
      case Any _ -> "any";
      case Single single -> single.name().toLowerCase(java.util.Locale.ROOT);
      case Items(var of, var isSet) -> (isSet ? "set(" : "list(") + of.text() + ")";
      case Entries(var of) -> "map(" + of.text() + ")";
      case Places(var types) ->
          types.stream().map(VariableType::text).collect(joining(", ", "tuple([", "])"));
      case Fields(var fields) ->
          fields.entrySet().stream()
              .map(each -> each.getKey() + " = " + text(each.getValue()))
              .collect(joining(", ", "object({ ", " })"));
    };
  }

  private static String text(Field field) {
    if (!field.isOptional()) {
      return field.type().text();
    }
    var whenMissing = field.whenMissing() == null ? "" : ", " + field.whenMissing();
    return "optional(" + field.type().text() + whenMissing + ")";
  }

  /** The same as JSON Schema, for forms and checks. */
  default ObjectNode schema() {
    var schema = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case Any _ -> {}
      case Single single ->
          schema.put(
              "type",
              switch (single) {
                case STRING -> "string";
                case NUMBER -> "number";
                case BOOL -> "boolean";
              });
      case Items(var of, var isSet) -> {
        schema.put("type", "array").set("items", of.schema());
        if (isSet) {
          schema.put("uniqueItems", true);
        }
      }
      case Entries(var of) -> schema.put("type", "object").set("additionalProperties", of.schema());
      case Places(var types) -> {
        schema.put("type", "array").put("minItems", types.size()).put("maxItems", types.size());
        types.forEach(type -> schema.withArray("prefixItems").add(type.schema()));
      }
      case Fields(var fields) -> {
        schema.put("type", "object");
        var properties = schema.putObject("properties");
        fields.forEach(
            (name, field) -> {
              var inner = field.type().schema();
              if (field.whenMissing() != null) {
                inner.set("default", field.whenMissing());
              }
              properties.set(name, inner);
              if (!field.isOptional()) {
                schema.withArray("required").add(name);
              }
            });
      }
    }
    return schema;
  }
}
