package dev.hearth.stdlib.docker;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times of a log as recipes write them: {@code 10m} ago, an ISO 8601 time, seconds of Unix. */
final class LogTime {
  private LogTime() {}

  /** As the API takes it: seconds of Unix with a fraction. */
  static @Nullable String parameter(String option, @Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    if (text.matches("\\d{1,12}(?:\\.\\d{1,9})?")) {
      return text;
    }
    var time = text.contains("T") ? exact(option, text) : ago(option, text, now);
    return "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
  }

  private static Instant ago(String option, String text, Instant now) {
    try {
      return now.minus(DurationText.parse(text));
    } catch (IllegalArgumentException e) {
      throw malformed(option, text).causedBy(e);
    }
  }

  private static Instant exact(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw malformed(option, text).causedBy(e);
    }
  }

  private static HearthException malformed(String option, String text) {
    return new HearthException(DockerError.OPTION_VALUE, option, VisibleText.of(text), "time")
        .hint("Write how long ago it was (`10m`), or a time such as `2026-11-26T13:00:00Z`.");
  }
}
