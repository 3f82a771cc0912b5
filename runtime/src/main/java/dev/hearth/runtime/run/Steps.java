package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.StepEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run: what {@code step(name, fn, { undo })} tells Java. Each call is in the
 * journal before it returns. Confined to the thread of the run's loop; steps may overlap.
 */
public final class Steps {
  /** Exit status of a run that stopped half-way. */
  static final int STOPPED = 11;

  private final Journal journal;
  private final Clock clock;
  private final Consumer<RunEvent> listener;
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final List<Step> ended = new ArrayList<>();

  public Steps(Journal journal, Clock clock, Consumer<RunEvent> listener) {
    this.journal = journal;
    this.clock = clock;
    this.listener = listener;
  }

  private enum State {
    OPEN,
    FINISHED,
    /** Its function succeeded, but its result could not be recorded. */
    UNRECORDED,
    FAILED
  }

  private static final class Step {
    final String name;
    final StepEffect effect;
    final long began;
    State state = State.OPEN;
    boolean undone;

    Step(String name, StepEffect effect, long began) {
      this.name = name;
      this.effect = effect;
      this.began = began;
    }

    boolean hasEffect() {
      return effect != StepEffect.NONE && state != State.FAILED && !undone;
    }

    boolean canBeUndone() {
      return effect == StepEffect.UNDOABLE && hasEffect();
    }
  }

  /**
   * A step begins.
   *
   * @throws HearthException {@code run.step-name-…} and {@code run.step-repeated}; the step did not
   *     begin then and its function must not be called
   */
  public void begin(String name, StepEffect effect) {
    StepName.check(name);
    if (steps.containsKey(name)) {
      throw new HearthException(RunError.STEP_REPEATED, name);
    }
    journal.step(new JournalEntry.StepStarted(clock.now(), name, effect));
    steps.put(name, new Step(name, effect, clock.nanoTime()));
    listener.accept(new RunEvent.StepStarted(clock.now(), name));
  }

  /**
   * The step's function returned.
   *
   * @param result what it returned, as JSON; {@code null} for {@code undefined}
   * @throws HearthException {@code run.step-result-too-big} or {@code run.journal-not-written}: the
   *     step then counts as failed, but as what it did is done, its undo is called like others
   */
  public void finished(String name, @Nullable JsonNode result) {
    var step = open(name);
    var masked = result == null ? null : journal.mask(result);
    ended.add(step);
    step.state = State.UNRECORDED; // until it is recorded
    if (masked != null) {
      refuseTooBig(step, masked);
    }
    journal.step(
        new JournalEntry.StepFinished(
            clock.now(), name, lasted(step), masked, !Objects.equals(masked, result)));
    step.state = State.FINISHED;
    tellEnd(step, null);
  }

  private void refuseTooBig(Step step, JsonNode result) {
    var bytes = JournalFormat.line(result).length - 1L;
    var limit = journal.limits().stepResultBytes();
    if (bytes > limit) {
      var error = new HearthException(RunError.STEP_RESULT_TOO_BIG, step.name, bytes, limit);
      recordFailure(step, ErrorReport.of(error));
      throw error;
    }
  }

  /**
   * The step's function returned what cannot be recorded. It counts as failed, but as what it did
   * is done, its undo is called like others.
   */
  public void unrecorded(String name, ErrorReport error) {
    var step = open(name);
    ended.add(step);
    step.state = State.UNRECORDED;
    recordFailure(step, error);
  }

  private void recordFailure(Step step, ErrorReport error) {
    journal.step(new JournalEntry.StepFailed(clock.now(), step.name, lasted(step), error));
    tellEnd(step, error);
  }

  /**
   * The step's function failed. What it did half-way is its own to clean up; undo is not called.
   */
  public void failed(String name, ErrorReport error) {
    var step = open(name);
    step.state = State.FAILED;
    recordFailure(step, error);
  }

  private Step open(String name) {
    var step = steps.get(name);
    if (step == null || step.state != State.OPEN) {
      throw new IllegalStateException("No step `" + name + "` is open.");
    }
    return step;
  }

  private Duration lasted(Step step) {
    return Duration.ofNanos(clock.nanoTime() - step.began);
  }

  private void tellEnd(Step step, @Nullable ErrorReport error) {
    listener.accept(new RunEvent.StepFinished(clock.now(), step.name, lasted(step), error));
  }

  /**
   * The steps whose undo is still to be called, in the order in which to call them: first those
   * that are open, which get {@code undefined}, the latest first; then those that ended, the last
   * to end first. A step that failed is not among them.
   */
  public List<String> toUndo() {
    var open = steps.values().stream().filter(step -> step.state == State.OPEN).toList();
    var order = new ArrayList<>(open.reversed());
    order.addAll(ended.reversed());
    return order.stream().filter(Step::canBeUndone).map(step -> step.name).toList();
  }

  /**
   * A step's undo ended.
   *
   * @param error {@code null} when it succeeded
   */
  public void undone(String name, @Nullable ErrorReport error) {
    var step = steps.get(name);
    if (step == null || !step.canBeUndone()) {
      throw new IllegalStateException("Step `" + name + "` has nothing to undo.");
    }
    step.undone = error == null;
    journal.step(new JournalEntry.StepUndone(clock.now(), name, error));
    listener.accept(new RunEvent.StepUndone(clock.now(), name, error));
  }

  /**
   * How a run ends, once nothing of it runs any more.
   *
   * @param status see {@link Status}
   * @param exitStatus what a process should end with
   */
  public record Outcome(Status status, int exitStatus) {}

  /**
   * How the run ends.
   *
   * @param failure what kind of error ends it; {@code null} when it succeeded
   */
  public Outcome outcome(@Nullable ErrorKind failure) {
    if (failure == null) {
      return new Outcome(Status.DONE, 0);
    }
    if (!halfWay()) {
      return new Outcome(Status.FAILED, failure.exitStatus());
    }
    return switch (failure) {
      case RECIPE, SYSTEM, TIMEOUT -> new Outcome(Status.STOPPED, STOPPED);
      case USAGE, PERMISSION, BUG, INTERRUPTED -> new Outcome(Status.STOPPED, failure.exitStatus());
    };
  }

  /** Something was done, and an undo did not take all of it back that can be taken back. */
  private boolean halfWay() {
    var someUndone = steps.values().stream().anyMatch(step -> step.undone);
    var someLeft = steps.values().stream().anyMatch(Step::hasEffect);
    return someLeft && !(someUndone && toUndo().isEmpty());
  }
}
