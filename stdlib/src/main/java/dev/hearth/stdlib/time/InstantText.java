package dev.hearth.stdlib.time;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Instants and time zones as recipes write them. */
final class InstantText {
  /** Always three digits, so that times of one run are as long and sort as text. */
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private InstantText() {}

  /** Whether its year has four digits, as in all that sorts as text. */
  static boolean holds(Instant instant) {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  static String of(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  /** As the clocks of a zone show it, with their distance from UTC. */
  static String of(Instant instant, ZoneId zone) {
    return WITH_OFFSET.format(instant.atZone(zone));
  }

  static Instant parse(String text) {
    try {
      var instant = OffsetDateTime.parse(text).toInstant();
      if (holds(instant)) {
        return instant;
      }
    } catch (DateTimeException e) {
      throw new HearthException(TimeError.INSTANT, VisibleText.of(text)).causedBy(e);
    }
    throw new HearthException(TimeError.INSTANT, VisibleText.of(text));
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new HearthException(TimeError.ZONE, VisibleText.of(name)).causedBy(e);
    }
  }
}
