package dev.hearth.runtime;

/**
 * Whose turn it is after a failure, and so the exit status of a run that ends with it.
 *
 * <p>The numbers are a contract with scripts and never change.
 */
public enum ErrorKind {
  /** The recipe is wrong or failed on its own: status 1. */
  RECIPE(1),
  /** The command line, a parameter or a setting is wrong: status 2. */
  USAGE(2),
  /** Something was not granted: status 3. */
  PERMISSION(3),
  /** A system refused or could not be reached: status 4. */
  SYSTEM(4),
  /** Something took longer than it may: status 5. */
  TIMEOUT(5),
  /** A run stays half-way, and can be resumed once a person has answered: status 11. */
  HALF_WAY(11),
  /** A bug in Hearth: status 70. */
  BUG(70),
  /** The user or the caller stopped it: status 130. */
  INTERRUPTED(130);

  private final int exitStatus;

  ErrorKind(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  public int exitStatus() {
    return exitStatus;
  }
}
