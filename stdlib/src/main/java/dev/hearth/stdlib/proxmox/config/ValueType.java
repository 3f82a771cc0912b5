package dev.hearth.stdlib.proxmox.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one value may be: its kind and the limits on it. Immutable; each method returns a copy.
 *
 * @param kind how the text is read
 * @param format a named rule, checked first
 * @param pattern what the whole text must match
 * @param minLength in characters
 * @param maxLength in characters
 * @param minimum for numbers; also checked on strings that look like a number, as Proxmox does
 * @param maximum as {@code minimum}
 * @param choices the only texts allowed; none means all
 * @param fallback what is assumed when the value is absent
 */
public record ValueType(
    Kind kind,
    @Nullable ValueFormat format,
    @Nullable String pattern,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    List<String> choices,
    @Nullable String fallback) {

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  /** How the text of a value is read. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING;

    /** The name in the API schema and in messages. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static ValueType any(Kind kind) {
    return new ValueType(kind, null, null, null, null, null, null, List.of(), null);
  }

  /** {@code 0} or {@code 1}; words are refused. */
  public static ValueType bool() {
    return any(Kind.BOOLEAN);
  }

  public static ValueType integer() {
    return any(Kind.INTEGER);
  }

  public static ValueType number() {
    return any(Kind.NUMBER);
  }

  public static ValueType string() {
    return any(Kind.STRING);
  }

  /** One of these texts and no other. */
  public static ValueType oneOf(String... choices) {
    return oneOf(List.of(choices));
  }

  /** One of these texts and no other. */
  public static ValueType oneOf(List<String> choices) {
    return new ValueType(
        Kind.STRING, null, null, null, null, null, null, List.copyOf(choices), null);
  }

  /** A string of this format. */
  public static ValueType formatted(ValueFormat format) {
    return new ValueType(Kind.STRING, format, null, null, null, null, null, List.of(), null);
  }

  /** A string that matches this regular expression as a whole. */
  public static ValueType matching(String pattern) {
    return new ValueType(Kind.STRING, null, pattern, null, null, null, null, List.of(), null);
  }

  public ValueType format(ValueFormat better) {
    return new ValueType(
        kind, better, pattern, minLength, maxLength, minimum, maximum, choices, fallback);
  }

  public ValueType min(long least) {
    var limit = BigDecimal.valueOf(least);
    return new ValueType(
        kind, format, pattern, minLength, maxLength, limit, maximum, choices, fallback);
  }

  /** The same for a limit that is no whole number. */
  public ValueType min(BigDecimal least) {
    return new ValueType(
        kind, format, pattern, minLength, maxLength, least, maximum, choices, fallback);
  }

  public ValueType max(long most) {
    var limit = BigDecimal.valueOf(most);
    return new ValueType(
        kind, format, pattern, minLength, maxLength, minimum, limit, choices, fallback);
  }

  public ValueType minLength(int least) {
    return new ValueType(
        kind, format, pattern, least, maxLength, minimum, maximum, choices, fallback);
  }

  public ValueType maxLength(int most) {
    return new ValueType(
        kind, format, pattern, minLength, most, minimum, maximum, choices, fallback);
  }

  /** The same with what is assumed when the value is absent. */
  public ValueType orElse(String assumed) {
    return new ValueType(
        kind, format, pattern, minLength, maxLength, minimum, maximum, choices, assumed);
  }

  /** What Proxmox says when it refuses {@code value} at {@code path}; empty when it takes it. */
  public Optional<String> problem(String value, String path) {
    if (!readable(value)) {
      return Optional.of("type check ('" + kind.word() + "') failed - got '" + value + "'");
    }
    if (format != null) {
      var problem = format.problem(value, path);
      if (problem.isPresent()) {
        return Optional.of("invalid format - " + problem.get());
      }
    }
    if (pattern != null && !Pattern.compile(pattern).matcher(value).matches()) {
      return Optional.of("value does not match the regex pattern");
    }
    var length = value.codePointCount(0, value.length());
    if (maxLength != null && length > maxLength) {
      return Optional.of("value may only be " + maxLength + " characters long");
    }
    if (minLength != null && length < minLength) {
      return Optional.of("value must be at least " + minLength + " characters long");
    }
    return limits(value).or(() -> choice(value));
  }

  private boolean readable(String value) {
    return switch (kind) {
      case BOOLEAN -> value.equals("0") || value.equals("1");
      case INTEGER -> INTEGER.matcher(value).matches();
      case NUMBER -> NUMBER.matcher(value).matches();
      case STRING -> true;
    };
  }

  private Optional<String> limits(String value) {
    if ((minimum == null && maximum == null) || !NUMBER.matcher(value).matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(value);
    if (maximum != null && number.compareTo(maximum) > 0) {
      return Optional.of("value must have a maximum value of " + maximum.toPlainString());
    }
    if (minimum != null && number.compareTo(minimum) < 0) {
      return Optional.of("value must have a minimum value of " + minimum.toPlainString());
    }
    return Optional.empty();
  }

  private Optional<String> choice(String value) {
    if (choices.isEmpty() || choices.contains(value)) {
      return Optional.empty();
    }
    return Optional.of(
        "value '"
            + value
            + "' does not have a value in the enumeration '"
            + String.join(", ", choices)
            + "'");
  }
}
