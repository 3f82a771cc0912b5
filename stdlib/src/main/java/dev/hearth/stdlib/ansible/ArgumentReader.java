package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a role takes: by its argument specs, or else by its defaults. */
final class ArgumentReader {
  private ArgumentReader() {}

  /**
   * Something that a role takes.
   *
   * @param type as Ansible names it, such as {@code str} or {@code dict}
   * @param elements the type of a list's items
   * @param choices null where any value is taken
   * @param secret whether it is kept out of what is told ({@code no_log})
   * @param declared whether an argument spec says so; else it is known from the defaults alone
   * @param options what a {@code dict} has
   */
  record Argument(
      String name,
      String type,
      @Nullable String elements,
      boolean required,
      @JsonProperty("default") JsonNode whenMissing,
      @Nullable List<JsonNode> choices,
      @Nullable String description,
      boolean secret,
      boolean declared,
      List<Argument> options) {}

  /** Those that a spec declares; where it has no default, that of the defaults counts. */
  static List<Argument> declared(JsonNode options, JsonNode defaults) {
    var all = new ArrayList<Argument>();
    for (var one : options.properties()) {
      var spec = one.getValue();
      var whenMissing = spec.has("default") ? spec.get("default") : defaults.get(one.getKey());
      all.add(
          new Argument(
              one.getKey(),
              spec.path("type").asText("str"),
              textOrNull(spec.path("elements")),
              spec.path("required").asBoolean(false),
              whenMissing == null ? NullNode.instance : whenMissing,
              choices(spec.path("choices")),
              description(spec.path("description")),
              spec.path("no_log").asBoolean(false),
              true,
              declared(spec.path("options"), JsonNodeFactory.instance.objectNode())));
    }
    return all;
  }

  static List<Argument> ofDefaults(JsonNode defaults) {
    var all = new ArrayList<Argument>();
    for (var one : defaults.properties()) {
      var value = one.getValue();
      all.add(
          new Argument(
              one.getKey(), type(value), null, false, value, null, null, false, false, List.of()));
    }
    return all;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> "bool";
      case NUMBER -> value.isIntegralNumber() ? "int" : "float";
      case ARRAY -> "list";
      case OBJECT -> value.has("__ansible_vault") || value.has("__ansible_unsafe") ? "str" : "dict";
      case NULL -> "raw";
      default -> "str";
    };
  }

  private static @Nullable List<JsonNode> choices(JsonNode given) {
    if (!given.isArray()) {
      return null;
    }
    var choices = new ArrayList<JsonNode>();
    given.forEach(choices::add);
    return choices;
  }

  /** One text, or paragraphs. */
  static @Nullable String description(JsonNode given) {
    if (!given.isArray()) {
      return textOrNull(given);
    }
    var paragraphs = new ArrayList<String>();
    given.forEach(each -> paragraphs.add(PlaybookReader.text(each).strip()));
    return String.join("\n", paragraphs);
  }

  static @Nullable String textOrNull(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? null : PlaybookReader.text(value).strip();
  }
}
