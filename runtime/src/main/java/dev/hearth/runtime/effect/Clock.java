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

  /**
   * Calls {@code task} when the time has come, on a thread of its own that is returned; whoever
   * interrupts it before wants no call.
   */
  default Thread alarm(Duration delay, Runnable task) {
    return Thread.ofVirtual()
        .name("hearth-timer")
        .start(
            () -> {
              try {
                sleep(delay);
                task.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // another alarm took its place
              }
            });
  }

  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
