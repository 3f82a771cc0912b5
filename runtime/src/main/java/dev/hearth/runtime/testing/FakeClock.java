package dev.hearth.runtime.testing;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The machine's time, until it is put forward: then whoever sleeps wakes as if the time had passed,
 * each at his own moment, in order.
 */
public final class FakeClock implements Clock {
  /** How long whoever was woken may take to do what he wanted, before the time goes on. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private static final long STEP_MILLIS = 1;

  private final Clock machine = Clock.system();
  private final long origin = machine.nanoTime();

  // Guarded by this.
  private final Set<Sleeper> sleepers = new HashSet<>();
  private long skipped;
  private long changes;
  private long goal;

  /** A class and not a record: two that wait for the same moment are two. */
  private static final class Sleeper {
    final Thread thread = Thread.currentThread();
    final long due;

    Sleeper(long due) {
      this.due = due;
    }
  }

  @Override
  public synchronized Instant now() {
    return machine.now().plusNanos(skipped);
  }

  @Override
  public synchronized long nanoTime() {
    return machine.nanoTime() - origin + skipped;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (!duration.isPositive()) {
      return;
    }
    var sleeper = new Sleeper(nanoTime() + duration.toNanos());
    sleepers.add(sleeper);
    changes++;
    try {
      for (var left = duration.toNanos(); left > 0; left = sleeper.due - nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } finally {
      sleepers.remove(sleeper);
      changes++;
    }
  }

  /**
   * Puts the time forward to the next moment at which somebody wants to wake, and by {@code by} at
   * most. What he does then may make others sleep, so the caller lets that happen before {@link
   * #onward}.
   *
   * @return whether there is more to go
   */
  public boolean advance(Duration by) throws InterruptedException {
    synchronized (this) {
      goal = Math.max(goal, nanoTime()) + by.toNanos();
    }
    return onward();
  }

  /** Goes on with what {@link #advance} began, up to the next moment. */
  public boolean onward() throws InterruptedException {
    letThemFallAsleep();
    long next = skip();
    for (var thread : due(next)) {
      if (!thread.equals(Thread.currentThread())) {
        thread.join(PATIENCE);
      }
    }
    letThemFallAsleep();
    synchronized (this) {
      return next < goal;
    }
  }

  private synchronized long skip() {
    long now = nanoTime();
    long next =
        sleepers.stream()
            .mapToLong(sleeper -> sleeper.due)
            .filter(due -> due > now && due <= goal)
            .min()
            .orElse(goal);
    skipped += Math.max(0, next - now);
    return next;
  }

  private synchronized List<Thread> due(long next) {
    var threads =
        sleepers.stream().filter(each -> each.due <= next).map(each -> each.thread).toList();
    notifyAll();
    return threads;
  }

  /** Who is about to sleep has not said until when; this waits until nobody comes any more. */
  private synchronized void letThemFallAsleep() throws InterruptedException {
    long end = machine.nanoTime() + PATIENCE.toNanos();
    long seen;
    do {
      seen = changes;
      wait(STEP_MILLIS);
    } while (seen != changes && machine.nanoTime() < end);
  }
}
