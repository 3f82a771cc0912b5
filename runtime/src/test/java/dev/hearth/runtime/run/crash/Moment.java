package dev.hearth.runtime.run.crash;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The moment at which one run stands still, for its process to be killed. A run asks for the time
 * right before and right after each line of its journal, and its ledger tells it right before and
 * after each effect, so that these moments, counted, are all that matter.
 */
final class Moment implements Clock {
  private final Clock clock = Clock.system();
  private final AtomicInteger seen = new AtomicInteger();
  private final int last;
  private final CountDownLatch reached = new CountDownLatch(1);

  /**
   * The n-th moment.
   *
   * @param last which; 0 for none
   */
  Moment(int last) {
    this.last = last;
  }

  /** How many there were. */
  int seen() {
    return seen.get();
  }

  /** Stands still for ever if it is the one. */
  void pass() {
    if (seen.incrementAndGet() == last) {
      reached.countDown();
      standStill();
    }
  }

  /** Interrupting does not help, as it does not help a process that is gone. */
  private static void standStill() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** Returns when the run stands still, or has ended before. */
  void await() throws InterruptedException {
    reached.await();
  }

  /** The run has ended. */
  void over() {
    reached.countDown();
  }

  @Override
  public Instant now() {
    pass();
    return clock.now();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    clock.sleep(duration);
  }
}
