package dev.hearth.stdlib.docker.compose;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of YAML as Compose reads it, for which {@code 0755}, {@code 0x1F} and {@code 1.50} are
 * 493, 31 and 1.5, also where a text is meant.
 */
final class YamlNumber {
  private static final Pattern OCTAL = Pattern.compile("([-+]?)0[oO]?([0-7]+)");
  private static final Pattern HEXADECIMAL = Pattern.compile("([-+]?)0[xX]([0-9a-fA-F]+)");
  private static final Pattern BINARY = Pattern.compile("([-+]?)0[bB]([01]+)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\.[0-9]{1,18}|[0-9]{1,18}(?:\\.[0-9]{0,18})?)");

  private YamlNumber() {}

  /** The number as it is printed; the text itself for one that is written in another way. */
  static String canonical(String text) {
    var digits = text.replace("_", "");
    for (var base : Map.of(8, OCTAL, 16, HEXADECIMAL, 2, BINARY).entrySet()) {
      var form = base.getValue().matcher(digits);
      if (form.matches()) {
        var number = new BigInteger(form.group(2), base.getKey());
        return (form.group(1).equals("-") ? number.negate() : number).toString();
      }
    }
    if (!DECIMAL.matcher(digits).matches()) {
      return text;
    }
    var number = new BigDecimal(digits.replaceFirst("\\.$", "")).stripTrailingZeros();
    return number.signum() == 0 ? "0" : number.toPlainString();
  }
}
