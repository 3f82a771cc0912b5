package dev.hearth.runtime.run;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which the keeping of runs and steps can fail on purpose. */
public enum RunError implements ErrorCode {
  NO_STEPS(
      ErrorKind.RECIPE,
      "Step `%s` cannot begin: a session has no steps.",
      "Call what the step does directly, or put it into a recipe and run that."),
  CONNECTION_ARGUMENT(
      ErrorKind.RECIPE,
      "`%s(…)` takes the name of a connection or its settings, not `%s`.",
      "Write `%1$s()` for the default connection, or `%1$s('lab')` for the one named lab."),
  STEP_NAME_EMPTY(
      ErrorKind.RECIPE,
      "A step has no name.",
      "Name it after what it does: `await step('create', () => …)`."),
  STEP_NAME_TOO_LONG(
      ErrorKind.RECIPE,
      "A step's name has %s characters; at most %s are allowed.",
      "Shorten it; what else there is to say can go into the log."),
  STEP_NAME_NOT_PRINTABLE(
      ErrorKind.RECIPE,
      "A step's name has the character %s at position %s, which cannot be printed.",
      "Leave it out of the name."),
  STEP_REPEATED(
      ErrorKind.RECIPE,
      "There are two steps with the name `%s` in this run.",
      "Give each its own name; in a loop and in `Promise.all` add what differs:"
          + " step(`%1$s ${item.name}`, …)."),
  STEP_RESULT_TOO_BIG(
      ErrorKind.RECIPE,
      "The result of step `%s` has %s bytes; at most %s are recorded.",
      "Return only what later steps need, such as an id, or raise the setting"
          + " `limits.stepResultBytes`."),
  JOURNAL_NOT_WRITTEN(
      ErrorKind.USAGE,
      "The journal %s cannot be written.",
      "Check the free space of its disk and that you may write there. Without a journal nothing"
          + " can be resumed or undone, so the run must not go on."),
  JOURNAL_NOT_READ(
      ErrorKind.USAGE, "The journal %s cannot be read.", "Check that you may read it."),
  PERMISSIONS_NOT_WRITTEN(
      ErrorKind.USAGE,
      "The record of used permissions %s cannot be written.",
      "Check the free space of its disk and that you may write there. What cannot be recorded is"
          + " not done."),
  PERMISSIONS_NOT_READ(
      ErrorKind.USAGE,
      "The record of used permissions %s cannot be read.",
      "Check that you may read it."),
  NOT_FOUND(ErrorKind.USAGE, "There is no run `%s`.", "List the runs with `hearth runs list`."),
  AMBIGUOUS(
      ErrorKind.USAGE,
      "`%s` fits %s runs.",
      "Type more of the id, or its last four characters: %3$s.");

  private final ErrorText text;

  RunError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("run", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
