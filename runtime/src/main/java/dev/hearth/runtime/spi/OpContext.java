package dev.hearth.runtime.spi;

import dev.hearth.runtime.effect.Effects;
import java.util.Map;

/** What a binding gets from the run it works for. */
public interface OpContext {
  /** The outside world behind the gate, with the grants of whoever imported the binding. */
  Effects effects();

  /** Where what happens meanwhile is told to the user; safe from any thread. */
  Log log();

  /** The run's log. Values of secrets are masked on the way out. */
  interface Log {
    enum Level {
      DEBUG,
      INFO,
      WARN,
      ERROR
    }

    /**
     * One line.
     *
     * @param fields named facts, anything Jackson can write; may be empty
     */
    void write(Level level, String message, Map<String, ?> fields);
  }
}
