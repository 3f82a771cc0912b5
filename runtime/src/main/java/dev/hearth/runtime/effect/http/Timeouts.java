package dev.hearth.runtime.effect.http;

import java.time.Duration;

/**
 * How long an exchange may take. Zero means no limit.
 *
 * @param connect resolving, connecting and, through a proxy, asking it
 * @param read one pause of the other side, before the answer or within it
 * @param call everything from the first byte asked to the last byte answered
 */
public record Timeouts(Duration connect, Duration read, Duration call) {
  /** Ten seconds to connect, a minute's pause at most, no limit for the whole. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ZERO);

  public Timeouts read(Duration limit) {
    return new Timeouts(connect, limit, call);
  }

  public Timeouts call(Duration limit) {
    return new Timeouts(connect, read, limit);
  }

  /** The limit that a wait meets first, for messages: {@code 250 ms}. */
  @Override
  public String toString() {
    var first = call.isZero() || (!read.isZero() && read.compareTo(call) < 0) ? read : call;
    return first.toMillis() % 1000 == 0 ? first.toSeconds() + " s" : first.toMillis() + " ms";
  }
}
