package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** A word without quotes as Ansible's reader has it, which is YAML 1.1: {@code yes} is true. */
final class PlainWord {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern OCTAL = Pattern.compile("([-+]?)0([0-7_]+)");
  private static final Pattern HEX = Pattern.compile("([-+]?)0x([0-9a-fA-F_]+)");
  private static final Pattern BINARY = Pattern.compile("([-+]?)0b([01_]+)");
  private static final Pattern WHOLE = Pattern.compile("([-+]?)(0|[1-9][0-9_]*)");
  private static final Pattern SIXTIES = Pattern.compile("([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:[0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+][0-9]{1,3})?");

  private PlainWord() {}

  static JsonNode value(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> JSON.nullNode();
      case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> JSON.booleanNode(true);
      case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" ->
          JSON.booleanNode(false);
      default -> number(text);
    };
  }

  private static JsonNode number(String text) {
    if (text.length() > 100) { // nobody's number
      return JSON.textNode(text);
    }
    var whole = WHOLE.matcher(text);
    if (whole.matches()) {
      return whole(whole.group(1), whole.group(2), 10);
    }
    var octal = OCTAL.matcher(text);
    if (octal.matches()) {
      return whole(octal.group(1), octal.group(2), 8);
    }
    var hex = HEX.matcher(text);
    if (hex.matches()) {
      return whole(hex.group(1), hex.group(2), 16);
    }
    var binary = BINARY.matcher(text);
    if (binary.matches()) {
      return whole(binary.group(1), binary.group(2), 2);
    }
    var sixties = SIXTIES.matcher(text);
    if (sixties.matches()) {
      var sum = BigInteger.ZERO;
      for (var part : sixties.group(2).replace("_", "").split(":", -1)) {
        sum = sum.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
      }
      return signed(sixties.group(1), sum);
    }
    return FLOAT.matcher(text).matches()
        ? JSON.numberNode(new BigDecimal(text.replace("_", "").toLowerCase(Locale.ROOT)))
        : JSON.textNode(text);
  }

  private static JsonNode whole(String sign, String digits, int radix) {
    var plain = digits.replace("_", "");
    return plain.isEmpty()
        ? JSON.textNode(sign + digits)
        : signed(sign, new BigInteger(plain, radix));
  }

  private static JsonNode signed(String sign, BigInteger value) {
    return JSON.numberNode(sign.equals("-") ? value.negate() : value);
  }
}
