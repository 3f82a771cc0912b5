package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.docker.compose.CommandWords;
import dev.hearth.stdlib.docker.compose.FormPlace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value in the specification of a container, and where it stands. It is read as one kind of
 * thing, or fails and says what it is instead.
 *
 * @param path such as {@code ports[1].target}
 */
record SpecValue(String path, JsonNode node) implements FormPlace {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,15})?");

  boolean isAbsent() {
    return node.isNull() || node.isMissingNode();
  }

  boolean isMap() {
    return node.isObject();
  }

  boolean isList() {
    return node.isArray();
  }

  @Override
  public HearthException wrong(String problem, String hint) {
    return new HearthException(DockerError.SPEC_VALUE, path, problem).hint(hint).with("path", path);
  }

  /** The failure that says what it is in place of what it should be. */
  HearthException not(String wanted, String hint) {
    return wrong("is " + shown() + ", which is no " + wanted, hint);
  }

  private String shown() {
    if (node.isArray()) {
      return "a list";
    }
    if (node.isObject()) {
      return "an object";
    }
    return FormPlace.quoted(node.isNull() ? "null" : node.asText());
  }

  /** A text; a number is one, too. */
  String text() {
    if (!node.isTextual() && !node.isNumber()) {
      throw not("text", "Write a text.");
    }
    if (node.asText().indexOf('\0') >= 0) {
      throw wrong("has a NUL character in it", "Take it out: no program can be given one.");
    }
    return node.isTextual() ? node.textValue() : plainNumber();
  }

  private String plainNumber() {
    return node.isIntegralNumber() ? node.asText() : node.decimalValue().toPlainString();
  }

  /** A text that is not empty. */
  String word() {
    var word = text();
    if (word.isEmpty()) {
      throw wrong("is empty", "Write what is meant, or leave it out.");
    }
    return word;
  }

  String oneOf(String... words) {
    var word = text();
    if (!Set.of(words).contains(word)) {
      throw wrong("is " + shown(), "It is one of " + quoted(List.of(words)) + ".");
    }
    return word;
  }

  boolean truth() {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return switch (node.isTextual() ? node.textValue().toLowerCase(Locale.ROOT) : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw not("truth value", "Write `true` or `false`.");
    };
  }

  long integer() {
    var isInteger =
        node.isTextual()
            ? INTEGER.matcher(node.textValue()).matches()
            : node.isNumber() && node.canConvertToExactIntegral();
    if (!isInteger) {
      throw not("whole number", "Write a whole number, without a unit.");
    }
    return node.isTextual() ? Long.parseLong(node.textValue()) : node.longValue();
  }

  long integer(long least, long most) {
    var number = integer();
    if (number < least || number > most) {
      throw wrong(
          "is " + number,
          "It goes from %d to %s.".formatted(least, most == Long.MAX_VALUE ? "any" : most));
    }
    return number;
  }

  /** Not negative, in billionths. */
  long billionths() {
    var text = node.isNumber() ? plainNumber() : node.asText("");
    if (!NUMBER.matcher(text).matches()) {
      throw not("number", "Write a number from 0 on, such as 0.5.");
    }
    return new BigDecimal(text).movePointRight(9).longValue();
  }

  /** A size, which may have a unit. */
  long bytes() {
    return ByteSize.parse(node.isNumber() || node.isTextual() ? text() : "")
        .orElseThrow(() -> not("size", "Write bytes, or a number with a unit: `512m`, `2GiB`."));
  }

  long nanoseconds() {
    return ComposeDuration.nanoseconds(node.asText(""))
        .orElseThrow(
            () ->
                not("duration", "Write a number with its unit, such as `500ms`, `30s`, `1m30s`."));
  }

  List<SpecValue> list() {
    if (!node.isArray()) {
      throw not("list", "Write it as a list.");
    }
    var values = new ArrayList<SpecValue>();
    for (var each : node) {
      values.add(new SpecValue(path + "[" + values.size() + "]", each));
    }
    return values;
  }

  List<SpecValue> oneOrList() {
    return node.isArray() ? list() : List.of(this);
  }

  SequencedMap<String, SpecValue> map() {
    if (!node.isObject()) {
      throw not("object", "Write it as an object.");
    }
    var values = new LinkedHashMap<String, SpecValue>();
    for (var each : node.properties()) {
      values.put(each.getKey(), new SpecValue(path + "." + each.getKey(), each.getValue()));
    }
    return values;
  }

  /** The fields that are there, which are some of {@code known}; {@code x-…} are nobody's. */
  Fields fields(String... known) {
    var fields = map();
    fields
        .entrySet()
        .removeIf(each -> each.getKey().startsWith("x-") || each.getValue().isAbsent());
    for (var field : fields.keySet()) {
      if (!List.of(known).contains(field)) {
        var closest = Suggestion.closest(field, List.of(known));
        throw wrong(
            "has no field `" + VisibleText.of(field) + "`",
            closest
                .map(name -> "Did you mean `" + name + "`?")
                .orElseGet(() -> "It has " + quoted(List.of(known)) + "."));
      }
    }
    return new Fields(this, fields);
  }

  /** Fields of a value. */
  record Fields(SpecValue of, SequencedMap<String, SpecValue> there) {
    @Nullable SpecValue get(String name) {
      return there.get(name);
    }

    SpecValue require(String name) {
      var value = there.get(name);
      if (value == null) {
        throw of.wrong("has no `" + name + "`", "Add it.");
      }
      return value;
    }
  }

  /**
   * Names and values, written as an object or as a list of {@code name=value}. A name without a
   * value has null.
   */
  SequencedMap<String, @Nullable String> pairs() {
    var pairs = new LinkedHashMap<String, @Nullable String>();
    if (node.isArray()) {
      for (var each : list()) {
        var text = each.word();
        var at = text.indexOf('=');
        if (at == 0) {
          throw each.wrong("has no name before `=`", "Write `NAME=value`.");
        }
        pairs.put(at < 0 ? text : text.substring(0, at), at < 0 ? null : text.substring(at + 1));
      }
      return pairs;
    }
    if (!node.isObject()) {
      throw not(
          "object of names and values", "Write `{ NAME: 'value' }`, or a list of `NAME=value`.");
    }
    map()
        .forEach(
            (name, value) ->
                pairs.put(
                    value.name(name),
                    value.isAbsent()
                        ? null
                        : value.node.isBoolean() ? value.node.asText() : value.text()));
    return pairs;
  }

  private String name(String name) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw wrong("has a name that is empty or has `=` in it", "Write another name.");
    }
    return name;
  }

  /** Texts, one or several, as JSON. */
  ArrayNode words() {
    var words = JsonNodeFactory.instance.arrayNode();
    oneOrList().forEach(each -> words.add(each.text()));
    return words;
  }

  /** A command: a list of words, or a text that is split into words as a shell does. */
  ArrayNode command() {
    if (node.isArray()) {
      return words();
    }
    var words = JsonNodeFactory.instance.arrayNode();
    CommandWords.of(text(), CommandWords.Backslash.OF_SHELL, this).forEach(words::add);
    return words;
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }
}
