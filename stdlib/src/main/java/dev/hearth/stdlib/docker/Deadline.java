package dev.hearth.stdlib.docker;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that blocks for as long as it is allowed to: then the thread that does it is interrupted.
 */
final class Deadline {
  private enum End {
    DONE,
    LATE
  }

  private Deadline() {}

  /**
   * What {@code work} gives.
   *
   * @param limit null for none
   * @param late the failure when it took longer
   */
  static <T extends @Nullable Object> T within(
      Clock clock, @Nullable Duration limit, Supplier<T> work, Supplier<RuntimeException> late) {
    if (limit == null) {
      return work.get();
    }
    var end = new AtomicReference<@Nullable End>();
    var worker = Thread.currentThread();
    var alarm =
        clock.alarm(
            limit,
            () -> {
              if (end.compareAndSet(null, End.LATE)) {
                worker.interrupt();
              }
            });
    try {
      var result = work.get();
      if (end.compareAndSet(null, End.DONE)) {
        return result;
      }
    } catch (RuntimeException e) {
      if (end.compareAndSet(null, End.DONE)) {
        throw e;
      }
    } finally {
      alarm.interrupt();
    }
    awaitInterrupt(alarm);
    throw late.get();
  }

  /** The interrupt is the alarm's own, which nobody else is to hear of. */
  private static void awaitInterrupt(Thread alarm) {
    while (alarm.isAlive()) {
      Thread.onSpinWait();
    }
    var _ = Thread.interrupted();
  }
}
