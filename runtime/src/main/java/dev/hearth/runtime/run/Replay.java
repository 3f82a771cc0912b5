package dev.hearth.runtime.run;

import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.run.RunDetails.StepState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of a recipe through what earlier processes did of its run. Steps that have finished
 * return what they returned then; it ends where the first step is really done, or all have passed.
 * Confined to the thread of the run's loop.
 */
final class Replay {
  private final @Nullable TakeUp what;
  private final Map<String, RecordedStep> left = new LinkedHashMap<>();
  private final Set<String> redo;
  private final Set<String> skip;
  private boolean over;

  private Replay(
      @Nullable TakeUp what, List<RecordedStep> steps, Set<String> redo, Set<String> skip) {
    this.what = what;
    this.redo = Set.copyOf(redo);
    this.skip = Set.copyOf(skip);
    steps.forEach(step -> left.put(step.name(), step));
    if (what != TakeUp.UNDO) {
      endIfPassed();
    }
  }

  /** A run that begins. */
  static Replay none() {
    return new Replay(null, List.of(), Set.of(), Set.of());
  }

  /**
   * A run that goes on.
   *
   * @param redo open steps to do again
   * @param skip open steps that count as finished, without a result
   */
  static Replay toResume(List<RecordedStep> steps, Set<String> redo, Set<String> skip) {
    return new Replay(TakeUp.RESUME, steps, redo, skip);
  }

  /** A run that is taken back: no step of it is done any more. */
  static Replay toUndo(List<RecordedStep> steps) {
    return new Replay(TakeUp.UNDO, steps, Set.of(), Set.of());
  }

  /** Why this process took the run up; empty when it began it. */
  Optional<TakeUp> what() {
    return Optional.ofNullable(what);
  }

  boolean undoes() {
    return what == TakeUp.UNDO;
  }

  /** Whether the recipe still goes through what was done already. */
  boolean isOn() {
    return !over;
  }

  /** From here on the recipe does something new. */
  void end() {
    over = true;
  }

  /** What was recorded of a step that the recipe comes to, once; {@code null} for nothing. */
  @Nullable RecordedStep take(String name) {
    return left.remove(name);
  }

  void endIfPassed() {
    if (left.values().stream().noneMatch(step -> step.state() == StepState.FINISHED)) {
      over = true;
    }
  }

  boolean isRedone(String name) {
    return redo.contains(name);
  }

  boolean isSkipped(String name) {
    return skip.contains(name);
  }

  /** The steps that the recipe has not come to again and that left something. */
  List<RecordedStep> notReached() {
    return new ArrayList<>(left.values().stream().filter(Replay::leftSomething).toList());
  }

  private static boolean leftSomething(RecordedStep step) {
    return step.effect() != StepEffect.NONE
        && (step.state() == StepState.FINISHED || step.isOpen());
  }
}
