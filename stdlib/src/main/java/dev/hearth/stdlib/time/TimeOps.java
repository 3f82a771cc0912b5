package dev.hearth.stdlib.time;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;

/** What recipes can do with time, on the run's clock. */
final class TimeOps {
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
    return InstantText.of(clock.now());
  }
}
