package dev.hearth.runtime;

import java.util.Locale;

/** Why a process takes up a run that another one began. */
public enum TakeUp {
  /** Go on where it stopped. */
  RESUME,
  /** Take back what its steps did. */
  UNDO;

  /** The command that does it: {@code resume}. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }
}
