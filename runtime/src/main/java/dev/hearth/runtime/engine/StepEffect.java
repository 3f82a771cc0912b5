package dev.hearth.runtime.engine;

/** What a step leaves behind when it has ended. */
public enum StepEffect {
  /** It only looks: {@code step(name, fn, { readOnly: true })}. */
  NONE,
  /** It changes something, and the recipe gave no undo. */
  LASTING,
  /** It changes something, which its undo takes back. */
  UNDOABLE
}
