package dev.hearth.stdlib.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What can stand after a {@code |}. A refusal is an IllegalArgumentException: half a sentence. */
final class Filters {
  private static final String ALL =
      "default, first, indent, join, json, last, length, lower, quote, replace, sort, trim, upper";

  /** As much as a whole result may have. */
  private static final long MOST = Rendering.MOST;

  private Filters() {}

  static JsonNode apply(String filter, JsonNode value, List<JsonNode> arguments) {
    require(
        filter,
        arguments,
        switch (filter) {
          case "replace" -> 2;
          case "indent", "join", "default" -> 1;
          default -> 0;
        });
    return switch (filter) {
      case "upper" -> text(text(value).toUpperCase(Locale.ROOT));
      case "lower" -> text(text(value).toLowerCase(Locale.ROOT));
      case "trim" -> text(text(value).strip());
      case "quote" -> text("'" + text(value).replace("'", "'\\''") + "'");
      case "replace" -> {
        requireLength((text(value).length() + 1L) * Math.max(1, text(arguments.get(1)).length()));
        yield text(text(value).replace(text(arguments.get(0)), text(arguments.get(1))));
      }
      case "indent" -> text(indent(text(value), arguments.getFirst()));
      case "json" -> text(value.toString());
      case "length" ->
          JsonNodeFactory.instance.numberNode(
              value.isContainerNode() ? value.size() : text(value).length());
      case "join" -> {
        requireLength((long) value.size() * text(arguments.getFirst()).length());
        yield text(
            items(value)
                .map(Filters::text)
                .collect(Collectors.joining(text(arguments.getFirst()))));
      }
      case "first" -> end(value, 0);
      case "last" -> end(value, value.size() - 1);
      case "sort" -> sorted(value);
      default ->
          throw new IllegalArgumentException("there is no filter `" + filter + "`, but: " + ALL);
    };
  }

  private static void require(String filter, List<JsonNode> arguments, int count) {
    if (arguments.size() != count) {
      throw new IllegalArgumentException(
          "`" + filter + "` takes " + count + " values in brackets, not " + arguments.size());
    }
  }

  private static void requireLength(long length) {
    if (length > MOST) {
      throw new IllegalArgumentException("the result would be too long");
    }
  }

  private static JsonNode text(String text) {
    requireLength(text.length());
    return TextNode.valueOf(text);
  }

  private static String text(JsonNode value) {
    if (value.isContainerNode() || value.isNull()) {
      throw new IllegalArgumentException("the filter takes a text");
    }
    return value.asText();
  }

  /** All lines but the first, which stands where the tag stands. */
  private static String indent(String text, JsonNode by) {
    if (!by.isNumber() || by.intValue() < 0 || by.intValue() > 100) {
      throw new IllegalArgumentException("`indent` takes a number from 0 to 100");
    }
    requireLength(text.length() + text.lines().count() * by.intValue());
    return text.replaceAll("\n(?!\n|$)", "\n" + " ".repeat(by.intValue()));
  }

  private static Stream<JsonNode> items(JsonNode value) {
    if (!value.isArray()) {
      throw new IllegalArgumentException("the filter takes a list");
    }
    return StreamSupport.stream(value.spliterator(), false);
  }

  private static JsonNode end(JsonNode value, int index) {
    var items = items(value).toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("the list is empty");
    }
    return items.get(index);
  }

  private static JsonNode sorted(JsonNode value) {
    var items = new ArrayList<>(items(value).toList());
    items.sort(
        (a, b) ->
            Values.compare(a, b)
                .orElseThrow(() -> new IllegalArgumentException("the list has no order")));
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }
}
