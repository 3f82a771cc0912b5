package dev.hearth.runtime.run;

import dev.hearth.runtime.engine.StepEffect;

/** One step of a run that goes on, as far as it has come. Confined to the thread of the run. */
final class Step {
  final String name;
  final StepEffect effect;
  final boolean findable;

  /** By the monotonic clock. */
  final long began;

  State state = State.OPEN;

  /** Which of all steps it was to end; 0 as long as it has not. */
  int ended;

  boolean undone;

  enum State {
    OPEN,
    /** It is open since an earlier process, and {@code find} is asked for what that left. */
    SOUGHT,
    FINISHED,
    /** Its function succeeded, but its result could not be recorded. */
    UNRECORDED,
    FAILED
  }

  Step(String name, StepEffect effect, boolean findable, long began) {
    this.name = name;
    this.effect = effect;
    this.findable = findable;
    this.began = began;
  }

  boolean hasEffect() {
    return effect != StepEffect.NONE && state != State.FAILED && !undone;
  }

  boolean canBeUndone() {
    return effect == StepEffect.UNDOABLE && hasEffect();
  }
}
