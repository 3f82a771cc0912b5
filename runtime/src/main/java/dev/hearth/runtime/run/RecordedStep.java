package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.run.RunDetails.StepState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of one step.
 *
 * @param name its name, secrets masked
 * @param findable whether the recipe can find out what became of it when its end is not recorded
 * @param duration {@code null} while it is open
 * @param result what it returned; {@code null} when that was {@code undefined}, or it has no result
 * @param handles which handles stand where in it; {@code null} for none
 * @param masked whether {@code result} lacks a secret that the step returned
 * @param sealed the whole result as a {@link SecretSeal} keeps it; {@code null} for none
 * @param error why it failed
 * @param undoError why its undo failed
 * @param ended which of the run's steps it was to end, counted from 1; 0 when it did not succeed
 */
record RecordedStep(
    String name,
    StepState state,
    StepEffect effect,
    Instant started,
    boolean findable,
    @Nullable Duration duration,
    @Nullable JsonNode result,
    @Nullable JsonNode handles,
    boolean masked,
    @Nullable String sealed,
    @Nullable ErrorReport error,
    @Nullable ErrorReport undoError,
    int ended) {

  static RecordedStep begun(JournalEntry.StepStarted e) {
    return new RecordedStep(
        e.step(),
        StepState.OPEN,
        e.effect(),
        e.time(),
        e.findable(),
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        0);
  }

  RecordedStep finished(JournalEntry.StepFinished e, int order) {
    return new RecordedStep(
        name,
        StepState.FINISHED,
        effect,
        started,
        findable,
        e.duration(),
        e.result(),
        e.handles(),
        e.masked(),
        e.sealed(),
        null,
        null,
        order);
  }

  RecordedStep failed(JournalEntry.StepFailed e) {
    var end = e.unrecorded() ? StepState.UNRECORDED : StepState.FAILED;
    return new RecordedStep(
        name,
        end,
        effect,
        started,
        findable,
        e.duration(),
        null,
        null,
        false,
        null,
        e.error(),
        null,
        0);
  }

  RecordedStep undoing() {
    return in(StepState.UNDOING, null);
  }

  /** An undo that failed left what the step did. */
  RecordedStep undone(@Nullable ErrorReport failure) {
    var left = state == StepState.UNDOING ? before() : state;
    return in(failure == null ? StepState.UNDONE : left, failure);
  }

  /** What it was before its undo began. */
  private StepState before() {
    return ended > 0 ? StepState.FINISHED : StepState.OPEN;
  }

  private RecordedStep in(StepState other, @Nullable ErrorReport undoFailure) {
    return new RecordedStep(
        name,
        other,
        effect,
        started,
        findable,
        duration,
        result,
        handles,
        masked,
        sealed,
        error,
        undoFailure,
        ended);
  }

  /** The same with its whole result. */
  RecordedStep opened(JsonNode whole) {
    return new RecordedStep(
        name, state, effect, started, findable, duration, whole, handles, false, null, error,
        undoError, ended);
  }

  /** Whether it has finished, and its result is not what it returned. */
  boolean lacksItsResult() {
    return state == StepState.FINISHED && masked && effect != StepEffect.NONE;
  }

  /** Whether it may have left something behind that only a person or its recipe can tell. */
  boolean isOpen() {
    return switch (state) {
      case OPEN, UNRECORDED, UNDOING -> effect != StepEffect.NONE;
      case FINISHED, FAILED, UNDONE -> false;
    };
  }

  /** Whether something of it is there that its undo takes back. */
  boolean canBeUndone() {
    return effect == StepEffect.UNDOABLE && (state == StepState.FINISHED || isOpen());
  }

  /** As {@code hearth runs show} tells it. */
  RunDetails.Step shown() {
    return new RunDetails.Step(name, state, effect, started, duration, result, error, undoError);
  }
}
