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
  /** How long whoever wakes may take to do what he wanted, before the time goes on without him. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  /** How long a thread may take from its start to its sleep. */
  private static final Duration FALLING_ASLEEP = Duration.ofMillis(10);

  private final Clock machine = Clock.system();
  private final long origin = machine.nanoTime();

  // Guarded by this.
  private final Set<Sleeper> sleepers = new HashSet<>();
  private long skipped;
  private long goal;

  /** A class and not a record: two that wait for the same moment are two. */
  private static final class Sleeper {
    final long due;
    Thread thread = Thread.currentThread();

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
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isPositive()) {
      var sleeper = add(duration);
      try {
        waitFor(sleeper);
      } finally {
        remove(sleeper);
      }
    }
  }

  /** Known as soon as it is set: who puts the time forward right after it will not miss it. */
  @Override
  public synchronized Thread alarm(Duration delay, Runnable task) {
    var sleeper = add(delay);
    var thread = Thread.ofVirtual().name("hearth-timer").unstarted(() -> ring(sleeper, task));
    sleeper.thread = thread;
    thread.start();
    return thread;
  }

  private void ring(Sleeper sleeper, Runnable task) {
    try {
      waitFor(sleeper);
      task.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // another alarm took its place
    } finally {
      remove(sleeper);
    }
  }

  private synchronized Sleeper add(Duration duration) {
    var sleeper = new Sleeper(nanoTime() + duration.toNanos());
    sleepers.add(sleeper);
    return sleeper;
  }

  private synchronized void waitFor(Sleeper sleeper) throws InterruptedException {
    for (var left = sleeper.due - nanoTime(); left > 0; left = sleeper.due - nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized void remove(Sleeper sleeper) {
    sleepers.remove(sleeper);
    notifyAll();
  }

  /**
   * Puts the time forward to the next moment at which somebody wants to wake, and by {@code by} at
   * most. What he does then may make others sleep, so the caller lets that happen before {@link
   * #onward}.
   *
   * @return whether there is more to go
   */
  public boolean advance(Duration by) throws InterruptedException {
    machine.sleep(FALLING_ASLEEP);
    synchronized (this) {
      goal = Math.max(goal, nanoTime()) + by.toNanos();
    }
    return onward();
  }

  /** Goes on with what {@link #advance} began, up to the next moment. */
  public boolean onward() throws InterruptedException {
    long next = skip();
    for (var thread : due(next)) {
      if (!thread.equals(Thread.currentThread())) {
        thread.join(PATIENCE);
      }
    }
    synchronized (this) {
      return next < goal;
    }
  }

  /** Waits until all whose moment has come are awake and have done what they wanted. */
  public synchronized void settle() throws InterruptedException {
    long end = machine.nanoTime() + PATIENCE.toNanos();
    for (var left = end - machine.nanoTime();
        left > 0 && !due(nanoTime()).isEmpty();
        left = end - machine.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
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
    if (!threads.isEmpty()) {
      notifyAll();
    }
    return threads;
  }
}
