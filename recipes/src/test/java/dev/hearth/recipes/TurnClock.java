package dev.hearth.recipes;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Time in turns, so that the same calls are made in every run: simulated tasks get on only while
 * somebody else waits, and have then ended when the wait is over. Waits take no time.
 */
final class TurnClock implements Clock {
  private static final Instant START = Instant.parse("2026-11-23T01:05:18Z");

  private final Turn turn;
  private Duration passed = Duration.ZERO;
  private int waiting;
  private boolean limitIsOver;

  /** Waits for all simulated tasks. */
  interface Turn {
    void play() throws InterruptedException;
  }

  TurnClock(Turn turn) {
    this.turn = turn;
  }

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
    var thread = Thread.currentThread().getName();
    if (thread.equals("hearth-timeout")) {
      waitForLimit();
    } else if (thread.startsWith("sim-task-")) {
      waitForTurn(duration);
    } else {
      giveTurn(duration);
    }
  }

  /** The run's time limit ends now. */
  synchronized void endLimit() {
    limitIsOver = true;
    notifyAll();
  }

  private synchronized void waitForLimit() throws InterruptedException {
    while (!limitIsOver) {
      wait();
    }
  }

  private synchronized void waitForTurn(Duration duration) throws InterruptedException {
    while (waiting == 0) {
      wait();
    }
    passed = passed.plus(duration);
  }

  private void giveTurn(Duration duration) throws InterruptedException {
    synchronized (this) {
      passed = passed.plus(duration);
      waiting++;
      notifyAll();
    }
    try {
      turn.play();
    } finally {
      synchronized (this) {
        waiting--;
      }
    }
  }
}
