package dev.hearth.stdlib.kubernetes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long is waited where a recipe does not say, and at most. */
final class Patience {
  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(366);

  private Patience() {}

  static Duration of(@Nullable Duration wanted) {
    if (wanted == null) {
      return USUAL;
    }
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }
}
