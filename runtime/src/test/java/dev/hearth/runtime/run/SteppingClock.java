package dev.hearth.runtime.run;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves one second on whenever somebody asks for the time. */
final class SteppingClock implements Clock {
  private Instant now = Instant.parse("2026-11-23T03:54:00Z");
  private long nanos;

  /** Sets the wall clock, as a user or a time server does. */
  void set(Instant time) {
    now = time;
  }

  @Override
  public synchronized Instant now() {
    now = now.plusSeconds(1);
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    nanos += 1_000_000_000;
    return nanos;
  }

  @Override
  public void sleep(Duration duration) {
    throw new UnsupportedOperationException("Nothing here waits.");
  }
}
