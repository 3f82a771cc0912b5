package dev.hearth.stdlib.time;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** What recipes can do with time, on the run's clock. */
final class TimeOps {
  /** Always three digits, so that times of one run are as long and sort as text. */
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final Clock clock;

  TimeOps(Clock clock) {
    this.clock = clock;
  }

  record Wait(Duration duration) {}

  @Op
  void sleep(Wait request) throws InterruptedException {
    clock.sleep(request.duration());
  }

  @Op
  String now() {
    return MILLISECONDS.format(clock.now());
  }
}
