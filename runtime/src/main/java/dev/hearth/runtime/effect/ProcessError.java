package dev.hearth.runtime.effect;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which running a program fails on purpose. The first argument is the program. */
public enum ProcessError implements ErrorCode {
  NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no program `%s` on this machine's PATH.",
      "Install it, or give its path; programs in the working directory need `./` before the"
          + " name."),
  /** Arguments: the program, what cannot be passed on. */
  MALFORMED(
      ErrorKind.RECIPE,
      "`%s` cannot be started with %s.",
      "Remove the NUL characters, and `=` from the names of variables."),
  /** Arguments: the program, what the system said. */
  START_FAILED(
      ErrorKind.SYSTEM,
      "`%s` could not be started: %s.",
      "Check that the file may be executed, and that the folder it runs in exists."),
  /** Arguments: the program, the limit. */
  TIMED_OUT(
      ErrorKind.TIMEOUT,
      "`%s` ran longer than %s and was ended.",
      "Give it a longer `timeout`, or find out what it waits for."),
  NOT_SIMULATED(
      ErrorKind.SYSTEM,
      "The program `%s` is not simulated.",
      "Run without `--simulate` to run the real one; nothing was started.");

  private final ErrorText text;

  ProcessError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("process", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
