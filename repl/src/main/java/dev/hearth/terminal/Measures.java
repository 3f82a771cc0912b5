package dev.hearth.terminal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Amounts as people write them. */
public final class Measures {
  private static final List<String> BYTE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Measures() {}

  /** Such as {@code 512 B}, {@code 1.5 GiB}, {@code 20 GiB}. */
  public static String bytes(long bytes) {
    var value = (double) bytes;
    var unit = 0;
    while (Math.abs(value) >= 1023.95 && unit < BYTE_UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return trimmed(value) + " " + BYTE_UNITS.get(unit);
  }

  /** Such as {@code 2026-11-23 04:10:12Z}. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** Such as {@code 1 step}, {@code 3 steps}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String trimmed(double value) {
    var text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
