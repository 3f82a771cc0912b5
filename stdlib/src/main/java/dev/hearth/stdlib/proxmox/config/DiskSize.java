package dev.hearth.stdlib.proxmox.config;

import dev.hearth.runtime.HearthException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Disk sizes as Proxmox writes them: {@code 528K}, {@code 2560M}, {@code 32G}, or bare bytes. */
public final class DiskSize {
  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGT])?");
  private static final String UNITS = "KMGT";

  private DiskSize() {}

  static boolean isValid(String text) {
    return TEXT.matcher(text).matches();
  }

  /**
   * The size in bytes; fractions of a byte are cut.
   *
   * @throws HearthException {@code proxmox.disk-size-malformed}
   */
  public static long bytes(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new HearthException(ConfigError.DISK_SIZE_MALFORMED, text);
    }
    var unit = matcher.group(2);
    var power = unit == null ? 0 : UNITS.indexOf(unit) + 1;
    return new BigDecimal(matcher.group(1))
        .multiply(BigDecimal.valueOf(1L << (10 * power)))
        .longValue();
  }

  /** The shortest text that is exact. */
  public static String text(long bytes) {
    var rest = bytes;
    var unit = "";
    for (var at = 0; at < UNITS.length() && rest % 1024 == 0 && rest > 0; at++) {
      rest /= 1024;
      unit = UNITS.substring(at, at + 1);
    }
    return rest + unit;
  }
}
