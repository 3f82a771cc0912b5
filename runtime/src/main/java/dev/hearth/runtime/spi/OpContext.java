package dev.hearth.runtime.spi;

import dev.hearth.runtime.effect.Effects;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a binding gets from the run it works for. */
public interface OpContext {
  /** The outside world behind the gate, with the grants of whoever imported the binding. */
  Effects effects();

  /**
   * The outside world as the recipe alone may see it, without what the connection opens: for the
   * paths and addresses that a recipe names itself. Where there is no recipe, it is {@link
   * #effects}.
   */
  default Effects recipe() {
    return effects();
  }

  /**
   * What is made once in a run, by whoever needs it first, and closed when the run is over; such as
   * open connections. Where there is no run, the caller closes it.
   */
  default <T extends AutoCloseable> T forRun(Class<T> type, Supplier<T> maker) {
    return maker.get();
  }

  /** The run that it works for; empty in a session, where there is no recipe. */
  default Optional<Run> run() {
    return Optional.empty();
  }

  /**
   * A run, by what is told of it where it made something.
   *
   * @param recipe the name of its file
   * @param recipeSha256 of that file's content, in hexadecimal digits
   */
  record Run(String id, String recipe, String recipeSha256) {}

  /** What this binding keeps from run to run. */
  default Cache cache() {
    return Cache.NONE;
  }

  /** Where this binding keeps programs that it installed; empty where Hearth has no folders. */
  default Optional<ProgramFolder> programs() {
    return Optional.empty();
  }

  /** Where what happens meanwhile is told to the user; safe from any thread. */
  Log log();

  /**
   * Where it is told what had to wait for its turn at a system that bears only so much at once, for
   * {@code --timing}; safe from any thread.
   */
  default Waits waits() {
    return (what, howLong) -> {};
  }

  /** Who follows the run and can be asked, unless nobody does. */
  default Person person() {
    return Person.NOBODY;
  }

  /**
   * Where what happens is told to recipes that listen with {@code hearth:events}; safe from any
   * thread. Nobody hears it where none does.
   */
  default Events events() {
    return (name, data) -> {};
  }

  /** What waited. */
  @FunctionalInterface
  interface Waits {
    /**
     * Something had to wait, and does no more.
     *
     * @param what for what, such as {@code a turn at storage local-lvm}
     */
    void waited(String what, Duration howLong);
  }

  /** What happens, for those who asked this binding to work; others do not hear it. */
  @FunctionalInterface
  interface Events {
    /**
     * Something happened.
     *
     * @param name such as {@code task-started}, which listeners know as {@code
     *     proxmox.task-started}
     * @param data named facts, anything Jackson can write
     */
    void tell(String name, Map<String, ?> data);
  }

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
