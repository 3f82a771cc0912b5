package dev.hearth.stdlib.docker;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Sizes as Docker reads them: {@code 512m}, {@code 2gb}, {@code 2GiB}; every unit is a power of
 * 1024.
 */
final class ByteSize {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([kmgtp]?)(i?b)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "kmgtp";

  private ByteSize() {}

  /** The bytes; empty for what is no size, or for more than there can be. */
  static OptionalLong parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    var unit = form.group(2).toLowerCase(Locale.ROOT);
    var power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
    var bytes = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.longValue());
  }
}
