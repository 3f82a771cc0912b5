package dev.hearth.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * What is to be found out about a run beside its result.
 *
 * @param timing whether the listener is told where time went, by {@link RunEvent.Timed}
 * @param trace whether the listener is told all that passes the gate, by {@link RunEvent.Crossed}
 * @param inspect the door for a debugger; a session has none
 * @param since when its user asked for it, for what passed before the run; with {@code timing}
 */
public record Diagnostics(
    boolean timing, boolean trace, Optional<Inspection> inspect, Optional<Instant> since) {
  public static final Diagnostics NONE =
      new Diagnostics(false, false, Optional.empty(), Optional.empty());

  /** Where time went, from now on. */
  public static Diagnostics timed() {
    return new Diagnostics(true, false, Optional.empty(), Optional.empty());
  }

  /** The same for what nobody waited for before. */
  public Diagnostics fromNow() {
    return new Diagnostics(timing, trace, inspect, Optional.empty());
  }

  /** All that passes the gate. */
  public static Diagnostics traced() {
    return new Diagnostics(false, true, Optional.empty(), Optional.empty());
  }

  /** With a door for a debugger. */
  public static Diagnostics inspected(Inspection inspection) {
    return new Diagnostics(false, false, Optional.of(inspection), Optional.empty());
  }
}
