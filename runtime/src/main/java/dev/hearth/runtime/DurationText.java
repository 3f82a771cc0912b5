package dev.hearth.runtime;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations as people write them: a number with its unit, such as {@code 500ms} or {@code 5m}. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,3}))?(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads {@code 500ms}, {@code 30s}, {@code 1.5h}; units are ms, s, m, h and d.
   *
   * @throws IllegalArgumentException with a sentence for the user when it is none
   */
  public static Duration parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is no duration; write a number with its unit, such as 500ms, 30s, 5m or 2h.");
    }
    // In numbers: Duration multiplies by BigDecimal, whose tables cost the start of a run 20 ms.
    long unitMillis =
        switch (form.group(3)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        };
    long count = Long.parseLong(form.group(1));
    var whole =
        unitMillis == 1
            ? Duration.ofMillis(count)
            : Duration.ofSeconds(count * (unitMillis / 1_000)); // as days in ms would overflow
    var fraction = form.group(2);
    if (fraction == null) {
      return whole;
    }
    long thousandths = Long.parseLong((fraction + "00").substring(0, 3));
    return whole.plusNanos(unitMillis * thousandths * 1_000);
  }

  /**
   * The shortest form that a person reads at a glance: {@code 350ms}, {@code 4.2s}, {@code 3m20s}.
   */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + "ms";
    }
    if (millis < 60_000) {
      var seconds = String.format(Locale.ROOT, "%.1f", millis / 1000.0);
      return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + "s";
    }
    long minutes = duration.toMinutes();
    if (minutes < 60) {
      int seconds = duration.toSecondsPart();
      return minutes + "m" + (seconds == 0 ? "" : seconds + "s");
    }
    int rest = duration.toMinutesPart();
    return duration.toHours() + "h" + (rest == 0 ? "" : rest + "m");
  }
}
