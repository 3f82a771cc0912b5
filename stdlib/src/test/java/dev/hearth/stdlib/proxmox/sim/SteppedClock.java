package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Time that passes only by sleeping, and then at once: ten seconds take no time to test. */
public final class SteppedClock implements Clock {
  private static final Instant START = Instant.parse("2026-11-23T01:05:18Z");

  private Duration passed = Duration.ZERO;
  private Duration due = Duration.ZERO;
  private @Nullable Action action;

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public synchronized long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pass(duration);
    var ready = takeDue();
    if (ready != null) {
      ready.run();
    }
  }

  synchronized Duration passed() {
    return passed;
  }

  synchronized void pass(Duration duration) {
    passed = passed.plus(duration);
  }

  /** Runs an action within the first sleep that ends so much later. */
  synchronized void after(Duration delay, Action newAction) {
    due = passed.plus(delay);
    action = newAction;
  }

  /** What happens at a time. */
  interface Action {
    void run() throws InterruptedException;
  }

  private synchronized @Nullable Action takeDue() {
    var ready = passed.compareTo(due) >= 0 ? action : null;
    action = ready == null ? action : null;
    return ready;
  }
}
