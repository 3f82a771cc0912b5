package dev.hearth.stdlib.toml;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value without quotes means: a word, a number, a date or a time. */
final class PlainValue {
  /** No number that anyone means is longer. */
  static final int LONGEST = 400;

  private static final BigInteger MOST = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  private static final String DIGITS = "[0-9](?:_?[0-9])*";
  private static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9](?:_?[0-9])*)");
  private static final Pattern BASED =
      Pattern.compile(
          "0(?:(x)[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|(o)[0-7](?:_?[0-7])*|(b)[01](?:_?[01])*)");
  private static final Pattern FLOAT =
      Pattern.compile(INTEGER + "(?:\\." + DIGITS + ")?(?:[eE][+-]?" + DIGITS + ")?");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "(?:("
              + DATE
              + ")(?:[Tt ]|$))?(?:([0-9]{2}:[0-9]{2}:[0-9]{2})(\\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?");

  private PlainValue() {}

  /** Whether a time may follow after a space. */
  static boolean isDate(String text) {
    return text.length() == 10 && DATE.matcher(text).matches();
  }

  /** {@code null} if it is no value. */
  static @Nullable Node of(String text) {
    var word = word(text);
    if (word != null) {
      return word;
    }
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      return integer(digits(text), 10);
    }
    var based = BASED.matcher(text);
    if (based.matches()) {
      int base = based.group(1) != null ? 16 : based.group(2) != null ? 8 : 2;
      return integer(digits(text.substring(2)), base);
    }
    return FLOAT.matcher(text).matches() ? new Node.Plain(digits(text)) : moment(text);
  }

  private static @Nullable Node word(String text) {
    return switch (text) {
      case "true", "false" -> new Node.Plain(text);
      case "inf", "+inf" -> new Node.Plain("1e999");
      case "-inf" -> new Node.Plain("-1e999");
      case "nan", "+nan", "-nan" -> new Node.Plain("null");
      default -> null;
    };
  }

  private static String digits(String number) {
    var digits = number.replace("_", "");
    return digits.startsWith("+") ? digits.substring(1) : digits;
  }

  /** TOML's integers have 64 bits; one that no number of JavaScript is becomes a text. */
  private static @Nullable Node integer(String digits, int base) {
    var value = new BigInteger(digits, base);
    if (value.bitLength() > 63) {
      return null;
    }
    return value.abs().compareTo(MOST) > 0
        ? new Node.Text(value.toString())
        : new Node.Plain(value.toString());
  }

  private static @Nullable Node moment(String text) {
    var parts = MOMENT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    var date = parts.group(1);
    var time = parts.group(2);
    var offset = parts.group(4);
    boolean isWhole =
        date == null ? time != null && offset == null : time != null || offset == null;
    if (!isWhole || text.endsWith(" ") || !isOffset(offset)) {
      return null;
    }
    if (date != null && time == null && text.length() != date.length()) {
      return null;
    }
    try {
      if (date != null) {
        LocalDate.parse(date);
      }
      if (time != null) {
        LocalTime.parse(time);
      }
    } catch (DateTimeException e) {
      return null; // there is no such day or time
    }
    return new Node.Text(text.replace(' ', 'T').toUpperCase(Locale.ROOT));
  }

  private static boolean isOffset(@Nullable String offset) {
    return offset == null
        || offset.length() == 1
        || (Integer.parseInt(offset.substring(1, 3)) < 24
            && Integer.parseInt(offset.substring(4)) < 60);
  }
}
