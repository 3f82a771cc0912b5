package dev.hearth.stdlib.time;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.time.DateTimeException;
import java.time.Duration;

/** Durations as people write and read them, and reckoning with instants. */
final class TimePureOps {
  record Length(Duration duration) {}

  @Op(pure = true)
  long milliseconds(Length request) {
    return request.duration().toMillis();
  }

  record Milliseconds(long value) {}

  @Op(pure = true)
  String format(Milliseconds request) {
    return DurationText.format(Duration.ofMillis(request.value()));
  }

  record Text(String instant) {}

  @Op(pure = true)
  String instant(Text request) {
    return InstantText.of(InstantText.parse(request.instant()));
  }

  record Distance(String instant, Duration duration) {}

  @Op(pure = true)
  String add(Distance request) {
    return moved(request, request.duration());
  }

  @Op(pure = true)
  String subtract(Distance request) {
    return moved(request, request.duration().negated());
  }

  private static String moved(Distance request, Duration by) {
    var from = InstantText.parse(request.instant());
    try {
      var to = from.plus(by);
      if (InstantText.holds(to)) {
        return InstantText.of(to);
      }
    } catch (DateTimeException e) {
      throw noSuch(request).causedBy(e);
    }
    throw noSuch(request);
  }

  private static HearthException noSuch(Distance request) {
    return new HearthException(TimeError.NO_SUCH, VisibleText.of(request.instant()));
  }

  record Span(String from, String to) {}

  /** In milliseconds, below zero when {@code to} comes first. */
  @Op(pure = true)
  long between(Span request) {
    return InstantText.parse(request.to()).toEpochMilli()
        - InstantText.parse(request.from()).toEpochMilli();
  }

  record InZone(String instant, String zone) {}

  @Op(pure = true)
  String startOfDay(InZone request) {
    var zone = InstantText.zone(request.zone());
    var day = InstantText.parse(request.instant()).atZone(zone).toLocalDate();
    return InstantText.of(day.atStartOfDay(zone).toInstant());
  }

  /** What the clocks of a zone show then. */
  @Op(pure = true)
  String inZone(InZone request) {
    return InstantText.of(InstantText.parse(request.instant()), InstantText.zone(request.zone()));
  }
}
