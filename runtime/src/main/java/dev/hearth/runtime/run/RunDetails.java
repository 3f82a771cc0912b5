package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.engine.StepEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code hearth runs show} tells of a run.
 *
 * @param start what the run began with; {@code null} when the journal does not tell any more
 * @param connections those that the recipe used, in order of their first use
 * @param steps in the order in which they began
 * @param log the last lines of its log, at most {@link #LOG_LINES}
 * @param value what the recipe returned; {@code null} when that was nothing, was too big to be
 *     recorded, or the run did not succeed
 * @param error why it did not succeed
 * @param journal the journal's file
 * @param problems what is wrong with the journal, one sentence each: lines that were torn by a
 *     crash, were damaged, or come from a newer Hearth
 */
public record RunDetails(
    RunSummary summary,
    @Nullable RunStart start,
    List<UsedConnection> connections,
    List<Step> steps,
    List<LogLine> log,
    @Nullable JsonNode value,
    @Nullable ErrorReport error,
    String journal,
    List<String> problems) {
  public static final int LOG_LINES = 100;

  /**
   * A connection that the recipe used.
   *
   * @param origin who configured it: {@code stored}, {@code environment}, {@code recipe}, {@code
   *     simulator}
   */
  public record UsedConnection(String binding, String name, String origin) {}

  /** What became of a step. */
  public enum StepState {
    /** It began, and no end is recorded. */
    OPEN,
    FINISHED,
    /** Its function succeeded, but its result could not be recorded. */
    UNRECORDED,
    FAILED,
    /** Its undo began, and no end of that is recorded. */
    UNDOING,
    UNDONE
  }

  /**
   * A step.
   *
   * @param effect what it may leave behind
   * @param duration {@code null} while it is open
   * @param result what it returned, secrets masked; {@code null} when that was {@code undefined}
   * @param error why it failed
   * @param undoError why its undo failed, which left what the step did
   */
  public record Step(
      String name,
      StepState state,
      StepEffect effect,
      Instant started,
      @Nullable Duration duration,
      @Nullable JsonNode result,
      @Nullable ErrorReport error,
      @Nullable ErrorReport undoError) {}

  /**
   * A line of the run's log.
   *
   * @param level {@code debug}, {@code info}, {@code warn} or {@code error}
   */
  public record LogLine(Instant time, String level, String source, String message) {}
}
