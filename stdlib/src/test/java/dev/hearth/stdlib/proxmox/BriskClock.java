package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time that passes many times as fast as outside, for all who sleep beside each other. */
final class BriskClock implements Clock {
  private final int factor;
  private final Instant start = Instant.parse("2026-11-23T01:05:18Z");
  private final long began = System.nanoTime();

  BriskClock(int factor) {
    this.factor = factor;
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    return (System.nanoTime() - began) * factor;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Clock.system().sleep(duration.dividedBy(factor));
  }
}
