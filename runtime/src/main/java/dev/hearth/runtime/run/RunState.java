package dev.hearth.runtime.run;

/** What became of a run. */
public enum RunState {
  /** Its process lives and has not ended it. */
  RUNNING,
  /** Everything worked. */
  DONE,
  /** It failed and nothing is left half-way. */
  FAILED,
  /** It failed after at least one step. */
  STOPPED,
  /** What its steps did was taken back, as far as they have an undo. */
  UNDONE,
  /** Its process is gone and did not end it. */
  CRASHED,
  /** Its journal cannot be read, or not by this version of Hearth. */
  UNREADABLE
}
