package dev.hearth.stdlib.proxmox.config;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Sizes with a unit, such as {@code 2GiB}, in the units that Proxmox counts in where it has none.
 */
final class Sizes {
  private static final String UNITS = "KMGT";
  private static final Set<String> IN_MEBIBYTES = Set.of("memory", "balloon", "swap");
  private static final Pattern MEMORY = Pattern.compile("(current=)?(\\d+(?:\\.\\d+)?)([KMGT])iB");
  private static final Pattern NEW_DISK =
      Pattern.compile("(^|,)((?:file=|volume=)?[^/:,=\\s]+:)(\\d+(?:\\.\\d+)?)([KMGT])iB(?=,|$)");
  private static final Pattern SIZE =
      Pattern.compile("(^|,)(size=\\d+(?:\\.\\d+)?[KMGT])iB(?=,|$)");

  private Sizes() {}

  /** The value as Proxmox takes it. */
  static String plain(String key, String value) {
    if (IN_MEBIBYTES.contains(key)) {
      return MEMORY
          .matcher(value)
          .replaceAll(m -> (m.group(1) == null ? "" : m.group(1)) + in('M', m, 2));
    }
    if (!DriveKeys.isDrive(key) && !key.matches("rootfs|mp\\d+")) {
      return value;
    }
    var made = NEW_DISK.matcher(value).replaceAll(m -> m.group(1) + m.group(2) + in('G', m, 3));
    return SIZE.matcher(made).replaceAll("$1$2");
  }

  /** The number in group {@code at}, whose unit is in the next one, in another unit. */
  private static String in(char unit, MatchResult match, int at) {
    int power = UNITS.indexOf(match.group(at + 1)) - UNITS.indexOf(unit);
    var factor = BigDecimal.valueOf(1L << (10 * Math.abs(power)));
    var number = new BigDecimal(match.group(at));
    var result = power < 0 ? number.divide(factor) : number.multiply(factor);
    return result.stripTrailingZeros().toPlainString();
  }
}
