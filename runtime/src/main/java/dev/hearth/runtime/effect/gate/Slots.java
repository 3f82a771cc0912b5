package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.LimitError;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A number of places that are taken and given back; who finds none waits, in order. */
final class Slots {
  private final String what;
  private final Limit limit;
  private final Semaphore free;
  private final AtomicLong waits = new AtomicLong();
  private final AtomicLong waitedNanos = new AtomicLong();

  /**
   * All places free.
   *
   * @param what one of them is, for messages: {@code a connection to 10.0.0.5}
   */
  Slots(String what, Limit limit, long size) {
    this.what = what;
    this.limit = limit;
    free = new Semaphore((int) Math.min(size, Integer.MAX_VALUE), true);
  }

  /** Takes a place, and waits for one if it must. */
  Slot take() {
    if (!isFree() || !free.tryAcquire()) { // nobody passes those who wait
      var began = System.nanoTime();
      waits.incrementAndGet();
      try {
        free.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HearthException(LimitError.INTERRUPTED, what, limit.setting()).causedBy(e);
      } finally {
        waitedNanos.addAndGet(System.nanoTime() - began);
      }
    }
    return new Slot();
  }

  /** Whether the next one who comes would not wait. */
  boolean isFree() {
    return free.availablePermits() > 0 && !free.hasQueuedThreads();
  }

  Wait summary() {
    return new Wait(what, limit, free.getQueueLength(), waits.get(), waited());
  }

  private Duration waited() {
    return Duration.ofNanos(waitedNanos.get());
  }

  /** A place that was taken. */
  final class Slot implements AutoCloseable {
    private final AtomicBoolean taken = new AtomicBoolean(true);

    /** Gives it back; the second time does nothing. */
    @Override
    public void close() {
      if (taken.compareAndSet(true, false)) {
        free.release();
      }
    }
  }
}
