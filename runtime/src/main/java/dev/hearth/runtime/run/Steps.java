package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.engine.StepEntry;
import dev.hearth.runtime.run.RunDetails.StepState;
import dev.hearth.runtime.run.Step.State;
import dev.hearth.runtime.secret.SecretMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run: what {@code step(name, fn, { undo, find })} tells Java. Each call is
 * written to the journal before it returns; what it records is durable before anything else reaches
 * the world. Confined to the thread of the run's loop; steps may overlap.
 */
public final class Steps {
  /** Exit status of a run that stopped half-way. */
  static final int STOPPED = 11;

  private final Journal journal;
  private final Clock clock;
  private final Consumer<RunEvent> listener;
  private final Replay replay;
  private final Map<String, Step> steps = new LinkedHashMap<>(); // by name, secrets masked
  private int ended;

  /** The steps of a run that begins. */
  public Steps(Journal journal, Clock clock, Consumer<RunEvent> listener) {
    this(journal, clock, listener, Replay.none());
  }

  /** The steps of a run that other processes began. */
  Steps(Journal journal, Clock clock, Consumer<RunEvent> listener, Replay replay) {
    this.journal = journal;
    this.clock = clock;
    this.listener = listener;
    this.replay = replay;
  }

  /**
   * The recipe comes to a step.
   *
   * @param findable whether the recipe can find out what became of it
   * @return what becomes of it; its function is called only for {@link StepEntry.Work}
   * @throws HearthException {@code run.step-name-…} and {@code run.step-repeated}; the step did not
   *     begin then and its function must not be called
   */
  public StepEntry begin(String name, StepEffect effect, boolean findable) {
    StepName.check(name);
    var key = journal.mask(name); // as an earlier process wrote it down
    if (steps.containsKey(key)) {
      throw new HearthException(RunError.STEP_REPEATED, name);
    }
    var recorded = replay.take(key);
    var step = new Step(name, effect, findable, clock.nanoTime());
    if (replay.undoes()) {
      return comeToUndo(key, step, recorded);
    }
    return recorded == null ? work(key, step) : resume(key, step, recorded);
  }

  private StepEntry work(String key, Step step) {
    replay.end();
    journal.step(new JournalEntry.StepStarted(clock.now(), step.name, step.effect, step.findable));
    steps.put(key, step);
    listener.accept(new RunEvent.StepStarted(clock.now(), step.name));
    return new StepEntry.Work();
  }

  private StepEntry resume(String key, Step step, RecordedStep recorded) {
    if (replay.isRedone(key)) {
      return work(key, step);
    }
    if (replay.isSkipped(key)) {
      steps.put(key, step);
      var known = recorded.masked() ? null : recorded.result(); // of one whose undo was cut off
      var handles = known == null ? null : recorded.handles();
      record(step, known, handles, JournalEntry.Ending.SKIPPED);
      replay.endIfPassed();
      return new StepEntry.Done(known, handles);
    }
    var lost = recorded.masked() && recorded.effect() == StepEffect.NONE; // it looks again
    if (recorded.state() == StepState.FINISHED && !lost) {
      return pass(key, step, recorded);
    }
    if (!recorded.isOpen()) {
      return work(key, step); // it failed, was undone, or only looks: nothing of it is left
    }
    if (!step.findable) {
      throw StepQuestions.open(journal.run(), List.of(recorded));
    }
    step.state = State.SOUGHT;
    steps.put(key, step);
    listener.accept(new RunEvent.StepStarted(clock.now(), step.name));
    return new StepEntry.Find();
  }

  private StepEntry pass(String key, Step step, RecordedStep recorded) {
    step.state = State.FINISHED;
    step.ended = recorded.ended();
    ended = Math.max(ended, step.ended);
    step.undone = recorded.state() == StepState.UNDONE;
    steps.put(key, step);
    if (!replay.undoes()) {
      tellPassed(step, RunEvent.StepPassed.How.RECORDED);
      replay.endIfPassed();
    }
    return new StepEntry.Done(recorded.result(), recorded.handles());
  }

  private StepEntry comeToUndo(String key, Step step, @Nullable RecordedStep recorded) {
    if (recorded == null) {
      return new StepEntry.Pause();
    }
    return switch (recorded.state()) {
      case FAILED -> new StepEntry.Failed(Objects.requireNonNull(recorded.error()));
      case FINISHED, UNDOING, UNDONE ->
          recorded.ended() > 0 ? pass(key, step, recorded) : pause(key, step, recorded);
      case OPEN, UNRECORDED -> pause(key, step, recorded);
    };
  }

  private StepEntry pause(String key, Step step, RecordedStep recorded) {
    if (recorded.state() != StepState.UNDONE) {
      steps.put(key, step);
    }
    return new StepEntry.Pause();
  }

  /** What was sought is not there: the step's function is called. */
  public void notFound(String name) {
    var step = in(name, State.SOUGHT);
    replay.end();
    step.state = State.OPEN;
    journal.step(new JournalEntry.StepStarted(clock.now(), step.name, step.effect, step.findable));
  }

  /** Nobody knows whether what was sought is there: the step stays open. */
  public void findFailed(String name, ErrorReport error) {
    tellEnd(in(name, State.SOUGHT), error);
  }

  /** As {@link #finished(String, JsonNode, JsonNode)}, without handles. */
  public void finished(String name, @Nullable JsonNode result) {
    finished(name, result, null);
  }

  /**
   * The step's function returned, or its {@code find} told what it had returned.
   *
   * @param result what it returned, as JSON; {@code null} for {@code undefined}
   * @param handles which handles stand where in it; {@code null} for none
   * @throws HearthException {@code run.step-result-too-big} or {@code run.journal-not-written}: the
   *     step then counts as failed, but as what it did is done, its undo is called like others
   */
  public void finished(String name, @Nullable JsonNode result, @Nullable JsonNode handles) {
    var step = open(name);
    var how = step.state == State.SOUGHT ? JournalEntry.Ending.FOUND : JournalEntry.Ending.RETURNED;
    record(step, result, handles, how);
    if (how == JournalEntry.Ending.FOUND) {
      replay.endIfPassed();
    }
  }

  private void record(
      Step step, @Nullable JsonNode result, @Nullable JsonNode handles, JournalEntry.Ending how) {
    var masked = result == null ? null : journal.mask(SecretMark.masked(result));
    step.ended = ++ended;
    step.state = State.UNRECORDED; // until it is recorded
    if (masked != null) {
      refuseTooBig(step, masked);
    }
    if (handles != null) {
      refuseTooBig(step, handles);
    }
    var isMasked = !Objects.equals(masked, result);
    journal.step(
        new JournalEntry.StepFinished(
            clock.now(),
            step.name,
            lasted(step),
            masked,
            handles,
            isMasked,
            isMasked && result != null ? journal.seal(result) : null,
            how));
    step.state = State.FINISHED;
    switch (how) {
      case RETURNED -> tellEnd(step, null);
      case FOUND -> tellPassed(step, RunEvent.StepPassed.How.FOUND);
      case SKIPPED -> tellPassed(step, RunEvent.StepPassed.How.SKIPPED);
    }
  }

  private void tellPassed(Step step, RunEvent.StepPassed.How how) {
    listener.accept(new RunEvent.StepPassed(clock.now(), step.name, how));
  }

  private void refuseTooBig(Step step, JsonNode result) {
    var bytes = JournalFormat.line(result).length - 1L;
    var limit = journal.limits().stepResultBytes();
    if (bytes > limit) {
      var error = new HearthException(RunError.STEP_RESULT_TOO_BIG, step.name, bytes, limit);
      recordFailure(step, ErrorReport.of(error), true);
      throw error;
    }
  }

  /**
   * The step's function returned what cannot be recorded. It counts as failed, but as what it did
   * is done, its undo is called like others.
   */
  public void unrecorded(String name, ErrorReport error) {
    var step = open(name);
    step.ended = ++ended;
    step.state = State.UNRECORDED;
    recordFailure(step, error, true);
  }

  private void recordFailure(Step step, ErrorReport error, boolean unrecorded) {
    journal.step(
        new JournalEntry.StepFailed(clock.now(), step.name, lasted(step), error, unrecorded));
    tellEnd(step, error);
  }

  /**
   * The step's function failed. What it did half-way is its own to clean up; undo is not called.
   */
  public void failed(String name, ErrorReport error) {
    var step = in(name, State.OPEN);
    step.state = State.FAILED;
    recordFailure(step, error, false);
  }

  private Step open(String name) {
    var step = find(name);
    return step.state == State.SOUGHT ? step : in(name, State.OPEN);
  }

  private Step in(String name, State state) {
    var step = find(name);
    if (step.state != state) {
      throw new IllegalStateException("Step `" + name + "` is " + step.state + ", not " + state);
    }
    return step;
  }

  private Step find(String name) {
    var step = steps.get(journal.mask(name));
    if (step == null) {
      throw new IllegalStateException("Step `" + name + "` did not begin.");
    }
    return step;
  }

  /** Whether the recipe still goes through what was done already; it says nothing new then. */
  boolean isReplaying() {
    return replay.isOn();
  }

  /** From here on the recipe's changes are those of undo. */
  void endReplay() {
    replay.end();
  }

  /**
   * Refuses to change outside of steps what this run has changed already.
   *
   * @throws HearthException {@code run.change-outside-step}
   */
  void refuseChange(String op) {
    if (replay.isOn() && steps.values().stream().noneMatch(step -> step.state == State.OPEN)) {
      throw new HearthException(RunError.CHANGE_OUTSIDE_STEP, op);
    }
  }

  /** Whether the recipe has come to all that is to be undone. */
  boolean hasReachedAllToUndo() {
    return replay.notReached().stream().noneMatch(RecordedStep::canBeUndone);
  }

  /** The steps to be undone that the recipe did not come to; nothing is undone out of order. */
  HearthException undoNotReached() {
    var names =
        replay.notReached().stream()
            .filter(RecordedStep::canBeUndone)
            .map(RecordedStep::name)
            .toList();
    return new HearthException(
        RunError.UNDO_NOT_REACHED, StepQuestions.listed(names), journal.run());
  }

  /** Whether what was told of steps would survive a power cut. */
  boolean areDurable() {
    return journal.isDurable();
  }

  /**
   * Waits for the disk until it would.
   *
   * @throws HearthException {@code run.journal-not-written}
   */
  void makeDurable() {
    journal.force();
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
    var open = steps.values().stream().filter(step -> step.ended == 0).toList();
    var order = new ArrayList<>(open.reversed());
    steps.values().stream()
        .filter(step -> step.ended > 0)
        .sorted(Comparator.comparingInt((Step step) -> step.ended).reversed())
        .forEach(order::add);
    return order.stream().filter(Step::canBeUndone).map(step -> step.name).toList();
  }

  /** The steps that failed, in the order in which they began. */
  List<String> failed() {
    return steps.values().stream()
        .filter(step -> step.state == State.FAILED)
        .map(step -> step.name)
        .toList();
  }

  /**
   * A step's undo is called next.
   *
   * @throws HearthException {@code run.journal-not-written}: then it must not be called
   */
  public void undoing(String name) {
    find(name);
    journal.step(new JournalEntry.StepUndoing(clock.now(), name));
    listener.accept(new RunEvent.StepUndoing(clock.now(), name));
  }

  /**
   * A step's undo ended.
   *
   * @param error {@code null} when it succeeded
   */
  public void undone(String name, @Nullable ErrorReport error) {
    var step = find(name);
    if (!step.canBeUndone()) {
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
      return new Outcome(replay.undoes() ? Status.UNDONE : Status.DONE, 0);
    }
    if (!halfWay()) {
      return new Outcome(Status.FAILED, failure.exitStatus());
    }
    return switch (failure) {
      case RECIPE, SYSTEM, TIMEOUT, HALF_WAY -> new Outcome(Status.STOPPED, STOPPED);
      case USAGE, PERMISSION, BUG, INTERRUPTED -> new Outcome(Status.STOPPED, failure.exitStatus());
    };
  }

  /** Something was done, and an undo did not take all of it back that can be taken back. */
  private boolean halfWay() {
    var someLeft =
        steps.values().stream().anyMatch(Step::hasEffect) || !replay.notReached().isEmpty();
    return someLeft && !isUndone();
  }

  /** What steps did was taken back, all that can be. */
  boolean isUndone() {
    return steps.values().stream().anyMatch(step -> step.undone)
        && toUndo().isEmpty()
        && hasReachedAllToUndo();
  }
}
