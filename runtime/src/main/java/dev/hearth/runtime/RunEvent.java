package dev.hearth.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What happens during a run, as it happens. Listeners are called in order, never at once. */
public sealed interface RunEvent {
  Instant time();

  /** The run has an id and a journal; its recipe has not begun. */
  record Started(Instant time, String run, String recipe, boolean simulated) implements RunEvent {}

  /**
   * Follows on {@link Started} when another process began the run: its recipe goes through what was
   * done already.
   *
   * @param undoes whether it is to be undone; else it goes on
   */
  record TakenUp(Instant time, boolean undoes) implements RunEvent {}

  /** A step is not done again: it was done before. */
  record StepPassed(Instant time, String step, How how) implements RunEvent {
    /** By what it is known that the step was done. */
    public enum How {
      /** Its end is recorded, and its recorded result was used. */
      RECORDED,
      /** Its {@code find} found what it had left. */
      FOUND,
      /** The user says so. */
      SKIPPED
    }
  }

  /** A line of the recipe's or a binding's log. */
  record Logged(
      Instant time, Level level, String source, String message, Map<String, JsonNode> fields)
      implements RunEvent {
    public enum Level {
      DEBUG,
      INFO,
      WARN,
      ERROR
    }
  }

  /** What the recipe printed with {@code console}. */
  record Printed(Instant time, boolean error, String text) implements RunEvent {}

  /**
   * Rows that the recipe shows as a table.
   *
   * @param columns empty: those fields that say something
   */
  record Tabled(Instant time, List<Column> columns, List<JsonNode> rows) implements RunEvent {
    public Tabled {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    /** A field of the rows, and what stands above its column. */
    public record Column(String field, String heading) {}
  }

  /**
   * How far something has come, by what the recipe says.
   *
   * @param label tells one from another
   * @param total how much there is to do, where that is known
   * @param isOver whether nothing follows
   */
  record Progressed(Instant time, String label, long done, OptionalLong total, boolean isOver)
      implements RunEvent {}

  /** An error of a session that no JavaScript caught, such as in a timer; the session goes on. */
  record Uncaught(Instant time, ErrorReport error) implements RunEvent {}

  /** A step began. */
  record StepStarted(Instant time, String step) implements RunEvent {}

  /**
   * A step ended.
   *
   * @param error {@code null} when the step succeeded
   */
  record StepFinished(Instant time, String step, Duration duration, @Nullable ErrorReport error)
      implements RunEvent {}

  /**
   * The recipe failed, and the user is asked what becomes of the run.
   *
   * @param error the failure, with which the error of the run's end begins
   */
  record Asking(Instant time, ErrorReport error) implements RunEvent {}

  /**
   * Steps are undone next, last first. Steps that still run have been given up.
   *
   * @param error the failure that leads to it, with which the error of the run's end begins; {@code
   *     null} when it was asked for
   */
  record Undoing(Instant time, @Nullable ErrorReport error) implements RunEvent {}

  /** A step's undo began. */
  record StepUndoing(Instant time, String step) implements RunEvent {}

  /**
   * A step's undo ended.
   *
   * @param error {@code null} when the undo succeeded
   */
  record StepUndone(Instant time, String step, @Nullable ErrorReport error) implements RunEvent {}

  /** A grant was used or refused at the gate. */
  record Audited(Instant time, String permission, boolean granted) implements RunEvent {}

  /**
   * A debugger can come in; only when {@link Diagnostics#inspect} asks for it. Who knows the
   * address can do all that the recipe may.
   *
   * @param waits whether the recipe begins only then
   */
  record Inspectable(Instant time, String url, boolean waits) implements RunEvent {}

  /** One contact with the world has ended; only when {@link Diagnostics#trace} asks for it. */
  record Crossed(Instant time, Crossing crossing) implements RunEvent {}

  /**
   * Where time went; before the end of the run or session, when {@link Diagnostics#timing} asks for
   * it.
   */
  record Timed(Instant time, Timing timing) implements RunEvent {}

  /** The run is over; nothing follows. */
  record Finished(Instant time, RunResult result) implements RunEvent {}

  /** The names of all event types, as {@code --json} prints them. */
  static List<String> types() {
    return List.of(
        "started",
        "taken-up",
        "step-passed",
        "logged",
        "printed",
        "tabled",
        "progressed",
        "uncaught",
        "step-started",
        "step-finished",
        "asking",
        "undoing",
        "step-undoing",
        "step-undone",
        "audited",
        "inspectable",
        "crossed",
        "timed",
        "finished");
  }
}
