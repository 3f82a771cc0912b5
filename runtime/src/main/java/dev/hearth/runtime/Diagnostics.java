package dev.hearth.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * What is to be found out about a run beside its result.
 *
 * @param timing whether the listener is told where time went, by {@link RunEvent.Timed}
 * @param trace whether the listener is told all that passes the gate, by {@link RunEvent.Crossed}
 * @param since when its user asked for it, for what passed before the run; with {@code timing}
 */
public record Diagnostics(boolean timing, boolean trace, Optional<Instant> since) {
  public static final Diagnostics NONE = new Diagnostics(false, false, Optional.empty());

  /** Where time went, from now on. */
  public static Diagnostics timed() {
    return new Diagnostics(true, false, Optional.empty());
  }

  /** The same for what nobody waited for before. */
  public Diagnostics fromNow() {
    return new Diagnostics(timing, trace, Optional.empty());
  }

  /** All that passes the gate. */
  public static Diagnostics traced() {
    return new Diagnostics(false, true, Optional.empty());
  }
}
