package dev.hearth.stdlib.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Suggestion;
import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one parameter, or one option within one, may hold. Refused is only what every server of this
 * version refuses. Patterns are left to it: a server could send one that takes for ever to match.
 *
 * @param type in Proxmox's words; empty for an option that stands for another
 * @param requires the parameter that must be there with it
 * @param format its name; empty when it has none, or options
 * @param choices all that it may be; none when that is not told
 * @param options of a property string, by name; none for plain text
 */
record ParamSchema(
    String type,
    boolean optional,
    @Nullable String requires,
    String format,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    int minLength,
    int maxLength,
    List<String> choices,
    Map<String, ParamSchema> options) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}(\\[n])?");
  private static final Pattern BOOLEAN =
      Pattern.compile("1|0|on|off|yes|no|true|false", Pattern.CASE_INSENSITIVE);
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");
  private static final Pattern HIDDEN = Pattern.compile("\\p{C}");
  private static final int SHOWN_CHOICES = 12;

  /** Formats of which every version asks the same. */
  private static final Map<String, ValueFormat> FORMATS =
      Stream.of(Formats.VMID, Formats.NODE, Formats.STORAGE_ID, Formats.MAC_ADDRESS)
          .collect(Collectors.toUnmodifiableMap(ValueFormat::name, format -> format));

  static ParamSchema of(JsonNode json, int depth) {
    if (!json.isObject() || depth > 4) {
      throw SchemaScript.unreadable("a parameter is not described as one");
    }
    var items = json.path("items");
    var values = items.isObject() ? items : json;
    return new ParamSchema(
        values.path("type").asText(""),
        isTrue(json.path("optional")),
        json.path("requires").isTextual() ? name(json.path("requires").asText()) : null,
        values.path("format").isTextual() ? values.path("format").asText() : "",
        number(values.path("minimum")),
        number(values.path("maximum")),
        length(values.path("minLength"), 0),
        length(values.path("maxLength"), Integer.MAX_VALUE),
        choices(values.path("enum")),
        options(values.path("format"), depth));
  }

  private static Map<String, ParamSchema> options(JsonNode format, int depth) {
    var options = new LinkedHashMap<String, ParamSchema>();
    for (var option : format.properties()) {
      options.put(name(option.getKey()), of(option.getValue(), depth + 1));
    }
    return options;
  }

  private static List<String> choices(JsonNode json) {
    var choices = new ArrayList<String>();
    json.forEach(choice -> choices.add(shown(choice.asText())));
    return choices;
  }

  /** What is said to people as it stands, so it must be a name. */
  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw SchemaScript.unreadable("a parameter has a name that is none");
    }
    return text;
  }

  static boolean isTrue(JsonNode flag) {
    return flag.asBoolean() || flag.asText().equals("1");
  }

  private static @Nullable BigDecimal number(JsonNode json) {
    var text = json.asText("");
    return text.length() < 40 && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  private static int length(JsonNode json, int otherwise) {
    var text = json.asText("");
    return LENGTH.matcher(text).matches() ? Integer.parseInt(text) : otherwise;
  }

  /** Text of somebody else's, harmless on a terminal. */
  static String shown(String text) {
    var clean = HIDDEN.matcher(text).replaceAll("\uFFFD");
    return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
  }

  static String meant(Optional<String> closest) {
    return closest.map(name -> " (did you mean `" + name + "`?)").orElse("");
  }

  /**
   * What is wrong with a value; a list must hold good ones, and objects are for others to refuse.
   */
  Optional<String> problem(String where, JsonNode value) {
    if (value.isArray()) {
      for (var item : value) {
        var problem = item.isArray() ? Optional.<String>empty() : problem(where, item);
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
    if (value.isObject() || value.isNull()) {
      return Optional.empty();
    }
    var text = value.isBoolean() ? (value.booleanValue() ? "1" : "0") : value.asText();
    return options.isEmpty() ? problem(where, text) : optionProblem(where, text);
  }

  private Optional<String> problem(String where, String text) {
    if (text.isEmpty()) {
      return Optional.empty(); // what an empty text means, each method says for itself
    }
    return typeProblem(text)
        .or(() -> limitProblem(text))
        .or(() -> choiceProblem(text))
        .map(problem -> where + " " + problem);
  }

  private Optional<String> typeProblem(String text) {
    var problem =
        switch (type) {
          case "boolean" -> unless(BOOLEAN, text, "is neither true nor false");
          case "integer" -> unless(INTEGER, text, "is not a whole number");
          case "number" -> unless(NUMBER, text, "is not a number");
          default -> Optional.<String>empty();
        };
    return problem.or(() -> formatProblem(text));
  }

  private static Optional<String> unless(Pattern right, String text, String problem) {
    return right.matcher(text).matches() ? Optional.empty() : Optional.of(problem);
  }

  private Optional<String> formatProblem(String text) {
    return Optional.ofNullable(FORMATS.get(format))
        .flatMap(rule -> rule.problem(text, ""))
        .map(_ -> "does not have the form of a `" + format + "`");
  }

  private Optional<String> limitProblem(String text) {
    if (type.equals("string")) {
      int length = text.codePointCount(0, text.length());
      if (length > maxLength) {
        return Optional.of("is longer than " + maxLength + " characters");
      }
      return length < minLength
          ? Optional.of("is shorter than " + minLength + " characters")
          : Optional.empty();
    }
    boolean isNumber = type.equals("integer") || type.equals("number");
    if (!isNumber || text.length() > 40) {
      return Optional.empty();
    }
    var number = new BigDecimal(text);
    if (maximum != null && number.compareTo(maximum) > 0) {
      return Optional.of("is more than " + maximum.toPlainString());
    }
    return minimum != null && number.compareTo(minimum) < 0
        ? Optional.of("is less than " + minimum.toPlainString())
        : Optional.empty();
  }

  private Optional<String> choiceProblem(String text) {
    if (choices.isEmpty() || choices.contains(text)) {
      return Optional.empty();
    }
    var known =
        choices.stream()
            .limit(SHOWN_CHOICES)
            .map(choice -> "`" + choice + "`")
            .collect(Collectors.joining(", "));
    var more = choices.size() > SHOWN_CHOICES ? " …" : "";
    return Optional.of("is none of " + known + more + meant(Suggestion.closest(text, choices)));
  }

  /** Looks at each {@code OPTION=VALUE}; a bare value is the first option's, and the server's. */
  private Optional<String> optionProblem(String where, String text) {
    for (var part : text.split(",", -1)) {
      int mark = part.indexOf('=');
      if (mark <= 0) {
        continue;
      }
      var name = part.substring(0, mark).strip();
      var option = options.get(name);
      if (option == null) {
        return Optional.of(
            where
                + " has no option `"
                + shown(name)
                + "`"
                + meant(Suggestion.closest(name, options.keySet())));
      }
      var problem =
          option.problem(where + " has an option `" + name + "` that", part.substring(mark + 1));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }
}
