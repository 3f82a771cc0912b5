package dev.hearth.runtime.effect;

import java.time.Duration;
import java.time.Instant;

/** Time, so that tests can own it. */
public interface Clock {
  /** Wall-clock time; may jump. */
  Instant now();

  /** Monotonic time in nanoseconds from an arbitrary origin; for measuring and for due times. */
  long nanoTime();

  /** Blocks the calling thread; returns at once for zero or less. */
  void sleep(Duration duration) throws InterruptedException;

  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
