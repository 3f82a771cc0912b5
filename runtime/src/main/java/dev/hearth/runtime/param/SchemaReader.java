package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.param.Problems.Spot;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one schema and all schemas inside of it; what is wrong goes to {@link Problems}. */
final class SchemaReader {
  private static final int MOST_VALUES = 500;

  private final Problems problems;

  SchemaReader(Problems problems) {
    this.problems = problems;
  }

  /** Reads a schema; what is wrong in it is left out of the result. */
  Schema read(JsonNode declared, Spot at) {
    if (!(declared instanceof ObjectNode schema)) {
      problems.whole(at, "it is no object", "Write it like `{ type: 'string', summary: '…' }`.");
      return Schema.ANYTHING;
    }
    schema.fieldNames().forEachRemaining(keyword -> requireKnown(keyword, at));
    var type = type(schema, at);
    for (var keyword : keywords(schema)) {
      if (Keyword.exists(keyword) && !Keyword.fits(keyword, type)) {
        problems.key(
            at,
            keyword,
            "`" + keyword + "` says nothing about the type `" + type.word() + "`",
            "Remove it, or use the type " + Keyword.typesOf(keyword) + ".");
      }
    }
    List.of("title", "summary", "description").forEach(key -> requireText(schema, key, at));
    var unit = unit(schema, at);
    var read =
        new Schema(
            type,
            unit,
            choices(schema, at),
            Optional.ofNullable(schema.get("default")),
            new RuleReader(problems, schema, at, unit).read(),
            Optional.ofNullable(schema.get("items")).map(items -> read(items, at.items())),
            properties(schema, at),
            needed(schema, at),
            others(schema, at));
    return checkedValues(schema, read, at);
  }

  private static List<String> keywords(ObjectNode schema) {
    var names = new ArrayList<String>();
    schema.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void requireKnown(String keyword, Spot at) {
    if (Keyword.exists(keyword)) {
      return;
    }
    var shown = VisibleText.of(keyword);
    problems.key(
        at,
        keyword,
        "there is no keyword `" + shown + "`",
        Suggestion.closest(keyword, Keyword.all())
            .map(near -> "Did you mean `" + near + "`?")
            .orElse("The keywords are `" + String.join("`, `", Keyword.all()) + "`."));
  }

  private ValueType type(ObjectNode schema, Spot at) {
    var declared = schema.get("type");
    if (declared == null) {
      return ValueType.common(samples(schema)).orElse(ValueType.ANY);
    }
    var word = declared.asText();
    var type = declared.isTextual() ? ValueType.of(word) : Optional.<ValueType>empty();
    if (type.isEmpty()) {
      problems.value(
          at,
          "type",
          "`" + VisibleText.of(declared.isTextual() ? word : declared) + "` is no type",
          Suggestion.closest(word, ValueType.words())
              .map(near -> "Did you mean `" + near + "`?")
              .orElse("Use one of `" + String.join("`, `", ValueType.words()) + "`."));
    }
    return type.orElse(ValueType.ANY);
  }

  /** The values in the schema that show its type when it does not say. */
  private static List<JsonNode> samples(ObjectNode schema) {
    var samples = new ArrayList<JsonNode>();
    schema.path("enum").forEach(samples::add);
    for (var key : List.of("const", "default")) {
      if (schema.has(key)) {
        samples.add(schema.get(key));
      }
    }
    return samples;
  }

  private void requireText(ObjectNode schema, String key, Spot at) {
    if (schema.has(key) && !schema.get(key).isTextual()) {
      problems.value(at, key, "`" + key + "` is no text", "Write it like `" + key + ": '…'`.");
    }
  }

  private Optional<Unit> unit(ObjectNode schema, Spot at) {
    var declared = schema.get("unit");
    if (declared == null) {
      return Optional.empty();
    }
    var name = declared.isTextual() ? declared.textValue() : "";
    var meant = Unit.misspelt(name);
    if (meant.isPresent() || !Unit.isName(name)) {
      problems.value(
          at,
          "unit",
          "`" + VisibleText.of(declared.asText()) + "` is no unit",
          meant
              .map(near -> "Did you mean `" + near + "`?")
              .orElse("Write a word such as `MiB`, `s`, `%` or `vCPU`."));
      return Optional.empty();
    }
    return Optional.of(new Unit(name));
  }

  private List<JsonNode> choices(ObjectNode schema, Spot at) {
    var choices = new ArrayList<JsonNode>();
    var declared = schema.get("enum");
    if (declared != null) {
      declared.forEach(choices::add);
      if (!declared.isArray() || choices.isEmpty()) {
        problems.value(at, "enum", "`enum` is no list of values", "Write `enum: ['a', 'b']`.");
      }
      if (tooMany(choices.size(), "enum", at)) {
        choices.subList(MOST_VALUES, choices.size()).clear();
      }
    }
    if (schema.has("const")) {
      choices.clear();
      choices.add(schema.get("const"));
    }
    return List.copyOf(choices);
  }

  private Map<String, Schema> properties(ObjectNode schema, Spot at) {
    var declared = schema.path("properties");
    var properties = new LinkedHashMap<String, Schema>();
    if (declared instanceof ObjectNode named) {
      named
          .properties()
          .forEach(
              property ->
                  properties.put(
                      property.getKey(),
                      read(property.getValue(), at.property(property.getKey()))));
    } else if (!declared.isMissingNode()) {
      problems.value(
          at, "properties", "`properties` is no object", "Write `properties: { name: { … } }`.");
    }
    return properties;
  }

  private List<String> needed(ObjectNode schema, Spot at) {
    var declared = schema.path("required");
    var names = new ArrayList<String>();
    for (var name : declared) {
      var known = schema.path("properties").has(name.asText());
      if (name.isTextual() && known) {
        names.add(name.textValue());
      } else {
        problems.value(
            at,
            "required",
            "`required` names `" + VisibleText.of(name.asText()) + "`, which is no property",
            "Declare it under `properties`, or remove it.");
      }
    }
    var isParameter = at.pointer().lastIndexOf('/') == 0;
    if (!declared.isMissingNode()
        && !declared.isArray()
        && !(isParameter && declared.isBoolean())) {
      problems.value(
          at,
          "required",
          "`required` is no list of names",
          isParameter ? "Write `required: true`." : "Write `required: ['name']`.");
    }
    return List.copyOf(names);
  }

  private Optional<Schema> others(ObjectNode schema, Spot at) {
    var declared = schema.get("additionalProperties");
    if (declared == null || (declared.isBoolean() && declared.booleanValue())) {
      return Optional.of(Schema.ANYTHING);
    }
    return declared.isBoolean() ? Optional.empty() : Optional.of(read(declared, at.others()));
  }

  /** What the schema itself gives as values must be what it asks for. */
  private Schema checkedValues(ObjectNode schema, Schema read, Spot at) {
    for (var choice : schema.path("enum")) {
      if (!read.type().holds(choice)) {
        problems.value(
            at,
            "enum",
            "`enum` holds `"
                + VisibleText.of(choice.asText())
                + "`, which must "
                + read.type().duty(),
            "Change it, or the `type`.");
      }
    }
    if (!tooMany(schema.path("examples").size(), "examples", at)) {
      schema.path("examples").forEach(example -> checked(read, example, "examples", at));
    }
    if (schema.has("examples") && !schema.get("examples").isArray()) {
      problems.value(at, "examples", "`examples` is no list", "Write `examples: ['…']`.");
    }
    return read.fallback()
        .map(fallback -> read.withFallback(checked(read, fallback, "default", at)))
        .orElse(read);
  }

  /** Values are compared with every choice, also those of a recipe that nobody trusts yet. */
  private boolean tooMany(int size, String keyword, Spot at) {
    if (size <= MOST_VALUES) {
      return false;
    }
    problems.value(
        at,
        keyword,
        "`%s` holds more than %d values".formatted(keyword, MOST_VALUES),
        "Use a `pattern`, or check the value while the recipe runs.");
    return true;
  }

  private JsonNode checked(Schema read, JsonNode value, String keyword, Spot at) {
    var reader = new ValueReader();
    var result = reader.data(read, value, "");
    for (var violation : reader.violations()) {
      problems.value(
          at,
          keyword,
          "its `%s` must %s, but is `%s`".formatted(keyword, violation.duty(), violation.shown()),
          violation.hint().orElse("Change one of them."));
    }
    return result;
  }
}
