package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/** A number as Kubernetes writes it: {@code 250m}, {@code 1.5Gi}, {@code 12345n}, {@code 1e3}. */
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9]*\\.?[0-9]+\\.?)([eE][+-]?[0-9]{1,3}|[numkMGTPE]|[KMGTPE]i)?");
  private static final String BINARY = "KMGTPE";
  private static final Map<Character, Integer> DECIMAL =
      Map.of('n', -9, 'u', -6, 'm', -3, 'k', 3, 'M', 6, 'G', 9, 'T', 12, 'P', 15, 'E', 18);

  private Quantity() {}

  static BigDecimal parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new HearthException(
          KubernetesError.NOT_KUBERNETES,
          "a measurement",
          "`" + ApiPath.shown(text) + "` is no number");
    }
    var number = new BigDecimal(form.group(1).replaceFirst("\\.$", ""));
    var suffix = form.group(2);
    if (suffix == null) {
      return number;
    }
    if (suffix.endsWith("i")) {
      return number.multiply(
          BigDecimal.valueOf(1L << (10 * (BINARY.indexOf(suffix.charAt(0)) + 1))));
    }
    return number.scaleByPowerOfTen(
        suffix.length() == 1
            ? DECIMAL.getOrDefault(suffix.charAt(0), 0)
            : Integer.parseInt(suffix.substring(1)));
  }
}
