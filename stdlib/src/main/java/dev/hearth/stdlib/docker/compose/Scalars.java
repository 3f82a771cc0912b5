package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hearth.stdlib.docker.compose.Value.Kind;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of single values, as the Compose specification writes them. */
final class Scalars {
  private static final Pattern BYTES =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([bkmgt]?)(?:i?b)?");
  private static final Pattern DURATION =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(us|µs|ms|s|m|h|ns)");
  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private Scalars() {}

  /** Any single value as a text. */
  static JsonNode text(Value value) {
    return Shape.NODES.textNode(word(value));
  }

  static String word(Value value) {
    if (value instanceof Scalar scalar && !scalar.isNothing()) {
      return scalar.text();
    }
    throw Shape.wrong(value, "a text", "Write a text.");
  }

  /** One of a few words. */
  static Shape oneOf(String... words) {
    var known = Set.of(words);
    return value -> {
      if (known.contains(word(value))) {
        return text(value);
      }
      throw Shape.wrong(
          value, "one of a few words", "Write one of " + String.join(", ", words) + ".");
    };
  }

  static JsonNode flag(Value value) {
    if (value instanceof Scalar scalar && !scalar.isNothing()) {
      switch (scalar.text().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on", "y", "1" -> {
          return Shape.NODES.booleanNode(true);
        }
        case "false", "no", "off", "n", "0" -> {
          return Shape.NODES.booleanNode(false);
        }
        default -> {}
      }
    }
    throw Shape.wrong(value, "`true` or `false`", "Write `true` or `false`.");
  }

  static JsonNode integer(Value value) {
    return Shape.NODES.numberNode(number(value));
  }

  static long number(Value value) {
    if (value instanceof Scalar scalar && scalar.text().matches("[-+]?[0-9]{1,18}")) {
      return Long.parseLong(scalar.text());
    }
    throw Shape.wrong(value, "a whole number", "Write a number.");
  }

  /** A number of CPUs, which Compose prints as a number. */
  static JsonNode decimal(Value value) {
    if (value instanceof Scalar scalar && scalar.text().matches("[0-9]{0,9}\\.?[0-9]{1,9}")) {
      return Shape.NODES.numberNode(new BigDecimal(scalar.text()).stripTrailingZeros());
    }
    throw Shape.wrong(value, "a number", "Write a number such as `0.5`.");
  }

  /** A size, canonically a text of the number of bytes: {@code 64m}, {@code 1gb}. */
  static JsonNode bytes(Value value) {
    var size =
        BYTES.matcher(value instanceof Scalar scalar ? scalar.text().toLowerCase(Locale.ROOT) : "");
    if (!size.matches()) {
      if (value instanceof Scalar scalar && scalar.text().equals("-1")) {
        return Shape.NODES.textNode("-1"); // no limit
      }
      throw Shape.wrong(value, "a size", "Write it as `512m` or `1gb`.");
    }
    int power = size.group(2).isEmpty() ? 0 : "bkmgt".indexOf(size.group(2));
    var bytes =
        new BigDecimal(size.group(1))
            .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(10 * power)));
    return Shape.NODES.textNode(bytes.toBigInteger().toString());
  }

  /** A time, canonically as Go prints it: {@code 1m30s}. */
  static JsonNode duration(Value value) {
    var text = value instanceof Scalar scalar ? scalar.text() : "";
    var parts = DURATION.matcher(text);
    var total = BigDecimal.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      total =
          total.add(
              new BigDecimal(parts.group(1))
                  .multiply(new BigDecimal(NANOSECONDS.getOrDefault(parts.group(2), 1L))));
      end = parts.end();
    }
    if (end == 0 || end != text.length()) {
      if (text.equals("0")) {
        return Shape.NODES.textNode("0s");
      }
      throw Shape.wrong(value, "a time", "Write it as `30s` or `1m30s`.");
    }
    return Shape.NODES.textNode(shown(total.longValue()));
  }

  private static String shown(long nanoseconds) {
    if (nanoseconds == 0) {
      return "0s";
    }
    if (nanoseconds < 1_000_000_000L) {
      boolean isMicro = nanoseconds < 1_000_000L;
      var number = new BigDecimal(nanoseconds).movePointLeft(isMicro ? 3 : 6).stripTrailingZeros();
      return number.toPlainString() + (isMicro ? "µs" : "ms");
    }
    long seconds = nanoseconds / 1_000_000_000L;
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    var rest =
        new BigDecimal(nanoseconds)
            .movePointLeft(9)
            .subtract(BigDecimal.valueOf(hours * 3600 + minutes * 60))
            .stripTrailingZeros();
    return (hours > 0 ? hours + "h" : "")
        + (hours > 0 || minutes > 0 ? minutes + "m" : "")
        + rest.toPlainString()
        + "s";
  }

  /**
   * A command: a list of words, or a line that is split as a shell would; nothing stays nothing.
   */
  static JsonNode command(Value value) {
    if (value.isNothing()) {
      return Shape.NODES.nullNode();
    }
    if (value instanceof Scalar scalar) {
      var words = Shape.NODES.arrayNode();
      CommandWords.of(scalar.text(), CommandWords.Backslash.OF_COMPOSE, scalar.place())
          .forEach(words::add);
      return words;
    }
    return Shape.list(Scalars::text).read(value);
  }

  /** {@code NAME: VALUE} or a list of {@code NAME=VALUE}; a name alone has nothing. */
  static JsonNode named(Value value) {
    if (value.isNothing()) {
      return Shape.NODES.objectNode();
    }
    if (value instanceof Mapping) {
      return Shape.mapOf(Shape.optional(Scalars::text)).read(value);
    }
    throw Shape.wrong(value, "a map, or a list of `NAME=VALUE`", "Write `NAME: VALUE` lines.");
  }

  /** Labels: as {@link #named}, and a name alone has an empty text. */
  static JsonNode labels(Value value) {
    var labels = Shape.NODES.objectNode();
    named(value)
        .properties()
        .forEach(
            each ->
                labels.put(
                    each.getKey(), each.getValue().isNull() ? "" : each.getValue().asText()));
    return labels;
  }

  /** A list of texts in which nothing stands twice. */
  static JsonNode set(Value value) {
    var seen = new java.util.LinkedHashSet<String>();
    Shape.oneOrMore(Scalars::text).read(value).forEach(each -> seen.add(each.asText()));
    ArrayNode list = Shape.NODES.arrayNode();
    seen.forEach(list::add);
    return list;
  }

  /**
   * The mode of a file: an octal number, as {@code 0440} is in YAML of old; canonically its value.
   */
  static JsonNode mode(Value value) {
    if (value instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
      boolean isOctal = scalar.text().matches("0o?[0-7]{3,4}");
      if (isOctal || scalar.text().matches("[0-9]{1,4}")) {
        return Shape.NODES.numberNode(
            isOctal
                ? Integer.parseInt(scalar.text().replaceFirst("^0o?", ""), 8)
                : Integer.parseInt(scalar.text()));
      }
    }
    throw Shape.wrong(value, "the mode of a file", "Write it as `0440`.");
  }
}
