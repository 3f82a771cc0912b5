package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only by sleeping, and then at once: ten seconds take no time to test. */
public final class SteppedClock implements Clock {
  private static final Instant START = Instant.parse("2026-11-23T01:05:18Z");

  private Duration passed = Duration.ZERO;

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
  }

  synchronized void pass(Duration duration) {
    passed = passed.plus(duration);
  }
}
