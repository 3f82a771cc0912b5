package dev.hearth.stdlib.yaml;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What a scalar without quotes means: the core schema of YAML 1.2, and the types of 1.1. */
final class PlainScalar {
  private static final BigInteger MOST = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  private PlainScalar() {}

  /** The JSON of what is no text; {@code null} for a text. */
  static @Nullable String json(String value, Version version) {
    if (value.length() > 400) {
      return null; // no number that anyone means
    }
    var word = word(value, version);
    return word != null || value.isEmpty() ? word : number(value, version);
  }

  private static @Nullable String word(String value, Version version) {
    return switch (value) {
      case "", "~", "null", "Null", "NULL" -> "null";
      case "true", "True", "TRUE" -> "true";
      case "false", "False", "FALSE" -> "false";
      case ".nan", ".NaN", ".NAN" -> "null";
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> "1e999";
      case "-.inf", "-.Inf", "-.INF" -> "-1e999";
      case "yes", "Yes", "YES", "on", "On", "ON" -> version == Version.V1_1 ? "true" : null;
      case "no", "No", "NO", "off", "Off", "OFF" -> version == Version.V1_1 ? "false" : null;
      default -> null;
    };
  }

  private static @Nullable String number(String value, Version version) {
    char first = value.charAt(0);
    if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) {
      return null;
    }
    var digits = version == Version.V1_1 ? value.replace("_", "") : value;
    if (digits.isEmpty() || (version == Version.V1_1 && first == '_')) {
      return null;
    }
    boolean signed = digits.charAt(0) == '-' || digits.charAt(0) == '+';
    var sign = digits.charAt(0) == '-' ? "-" : "";
    var magnitude = signed ? digits.substring(1) : digits;
    if (magnitude.isEmpty()) {
      return null;
    }
    if (version == Version.V1_1) {
      return inOldForms(sign, magnitude);
    }
    if (!signed && magnitude.startsWith("0x")) {
      return integer("", magnitude.substring(2), 16);
    }
    if (!signed && magnitude.startsWith("0o")) {
      return integer("", magnitude.substring(2), 8);
    }
    return isDigits(magnitude, 10) ? integer(sign, magnitude, 10) : decimal(sign, magnitude);
  }

  /** Octal numbers begin with 0, and there are binary ones and ones to the base of 60. */
  private static @Nullable String inOldForms(String sign, String magnitude) {
    if (magnitude.startsWith("0x")) {
      return integer(sign, magnitude.substring(2), 16);
    }
    if (magnitude.startsWith("0b")) {
      return integer(sign, magnitude.substring(2), 2);
    }
    if (magnitude.length() > 1 && magnitude.charAt(0) == '0' && isDigits(magnitude, 8)) {
      return integer(sign, magnitude.substring(1), 8);
    }
    if (magnitude.indexOf(':') > 0) {
      return sexagesimal(sign, magnitude);
    }
    if (isDigits(magnitude, 10)) {
      return magnitude.charAt(0) == '0' && magnitude.length() > 1
          ? null
          : integer(sign, magnitude, 10);
    }
    return magnitude.indexOf('.') >= 0 ? decimal(sign, magnitude) : null;
  }

  private static @Nullable String sexagesimal(String sign, String magnitude) {
    long value = 0;
    var places = magnitude.split(":", -1);
    for (int i = 0; i < places.length; i++) {
      var place = places[i];
      boolean fits =
          !place.isEmpty()
              && place.length() <= (i == 0 ? 9 : 2)
              && isDigits(place, 10)
              && (i == 0
                  ? place.charAt(0) != '0' || place.equals("0")
                  : Integer.parseInt(place) < 60);
      if (!fits || places.length > 5) {
        return null;
      }
      value = value * 60 + Integer.parseInt(place);
    }
    return sign + value;
  }

  private static @Nullable String integer(String sign, String digits, int base) {
    if (digits.isEmpty() || !isDigits(digits, base)) {
      return null;
    }
    var value = new BigInteger(digits, base);
    return value.compareTo(MOST) > 0
        ? "\"" + sign + value + "\"" // a number of JavaScript would be another one
        : sign + value;
  }

  /** {@code [0-9]* . [0-9]* (e [+-] [0-9]+)} as JSON writes it. */
  private static @Nullable String decimal(String sign, String magnitude) {
    int at = 0;
    int length = magnitude.length();
    while (at < length && isDigit(magnitude.charAt(at), 10)) {
      at++;
    }
    var whole = magnitude.substring(0, at);
    var fraction = "";
    if (at < length && magnitude.charAt(at) == '.') {
      int begin = ++at;
      while (at < length && isDigit(magnitude.charAt(at), 10)) {
        at++;
      }
      fraction = magnitude.substring(begin, at);
    }
    if (whole.isEmpty() && fraction.isEmpty()) {
      return null;
    }
    var exponent = magnitude.substring(at);
    if (!exponent.isEmpty() && !isExponent(exponent)) {
      return null;
    }
    var shown = whole.isEmpty() ? "0" : withoutZeros(whole);
    return sign + shown + (fraction.isEmpty() ? "" : "." + fraction) + exponent;
  }

  private static boolean isExponent(String text) {
    char first = text.charAt(0);
    if (first != 'e' && first != 'E') {
      return false;
    }
    int begin = text.length() > 1 && (text.charAt(1) == '+' || text.charAt(1) == '-') ? 2 : 1;
    return begin < text.length() && isDigits(text.substring(begin), 10);
  }

  private static String withoutZeros(String digits) {
    int at = 0;
    while (at < digits.length() - 1 && digits.charAt(at) == '0') {
      at++;
    }
    return digits.substring(at);
  }

  private static boolean isDigits(String text, int base) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i), base)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c, int base) {
    return c < 128 && Character.digit(c, base) >= 0;
  }
}
