package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import java.time.Duration;
import java.util.Map;

/**
 * How one call waits while somebody else holds a lock: half a second first, then longer, up to five
 * seconds at a time and two minutes in all. The first wait is told to the user.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** How long a call waits for a lock before it fails. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final Clock clock;
  private final OpContext.Log log;
  private final ApiCall call;
  private Duration next = FIRST;
  private Duration waited = Duration.ZERO;

  Patience(Clock clock, OpContext.Log log, ApiCall call) {
    this.clock = clock;
    this.log = log;
    this.call = call;
  }

  boolean isOver() {
    return waited.compareTo(LIMIT) >= 0;
  }

  /** What is thrown when it is over. */
  HearthException exhausted(String words) {
    return new HearthException(ProxmoxError.LOCKED, call, waited.toSeconds() + " s", words);
  }

  /** Tells what is waited for, once. */
  void expect(String words) {
    if (waited.isZero()) {
      log.write(Level.INFO, "waiting: " + words, Map.of("request", call.toString()));
    }
  }

  /** Waits once. */
  void pause(String words) {
    expect(words);
    pause();
  }

  /** Waits once, in silence. */
  void pause() {
    sleep(clock, next, call);
    waited = waited.plus(next);
    next = shorter(next.multipliedBy(2), LONGEST);
  }

  static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Sleeps, and fails as a deliberate end when the run was stopped meanwhile. */
  static void sleep(Clock clock, Duration duration, Object during) {
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(ProxmoxError.INTERRUPTED, during).causedBy(e);
    }
  }
}
