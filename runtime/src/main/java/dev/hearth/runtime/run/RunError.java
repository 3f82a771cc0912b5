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
  QUESTION_STILL_OPEN(
      ErrorKind.RECIPE,
      "An earlier question was given up, and the terminal still waits for its answer.",
      "Ask again after somebody has pressed the return key."),
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
      ErrorKind.SYSTEM,
      "The journal %s cannot be written.",
      "Check the free space of its disk and that you may write there. Without a journal nothing"
          + " can be resumed or undone, so the run must not go on."),
  JOURNAL_NOT_READ(
      ErrorKind.USAGE, "The journal %s cannot be read.", "Check that you may read it."),
  PERMISSIONS_NOT_WRITTEN(
      ErrorKind.SYSTEM,
      "The record of used permissions %s cannot be written.",
      "Check the free space of its disk and that you may write there. What cannot be recorded is"
          + " not done."),
  PERMISSIONS_NOT_READ(
      ErrorKind.USAGE,
      "The record of used permissions %s cannot be read.",
      "Check that you may read it."),
  JOURNAL_DAMAGED(
      ErrorKind.USAGE,
      "The journal of run %s is damaged, so that nobody knows which of its steps were done.",
      "Look at what it tells with `hearth runs show %1$s`, and put right by hand what it left."),
  /** Arguments: the run, the process. */
  RUNNING(
      ErrorKind.USAGE,
      "Run %s is still running, in process %s.",
      "Wait for its end, or stop it with Ctrl-C where it runs or with `kill %2$s`."),
  /** Arguments: the lock, the run, the process. */
  LOCKED(
      ErrorKind.USAGE,
      "`%s` is held by run %s, which is still running in process %s.",
      "Wait for its end: `hearth runs logs %2$s --follow` ends with it."),
  /** Arguments: the run, the recipe. */
  NOTHING_TO_RESUME(
      ErrorKind.USAGE,
      "Run %s is done: there is nothing to resume.",
      "Run the recipe again with `hearth run '%2$s'`, or take the run back with `hearth undo %1$s`."),
  /** Arguments: the run, the recipe. */
  ALREADY_UNDONE(
      ErrorKind.USAGE,
      "Run %s is undone already.",
      "Run the recipe again with `hearth run '%2$s'`."),
  /** Arguments: the run. */
  NOTHING_TO_UNDO(
      ErrorKind.USAGE,
      "Run %s left nothing that can be undone: no step with an `undo` has begun.",
      "See what it did with `hearth runs show %1$s`."),
  /** Arguments: the run, the recipe, what to do with it. */
  RECIPE_CHANGED(
      ErrorKind.USAGE,
      "The recipe %2$s is not the one that run %1$s began with.",
      "Bring the old text back and `hearth %3$s %1$s`; or put right by hand what the run left (see"
          + " `hearth runs show %1$s`) and run the new recipe."),
  /** Arguments: what has changed, the run. */
  IMPORT_CHANGED(
      ErrorKind.USAGE,
      "What run %2$s imports is not as it was: %1$s.",
      "Bring it back as it was and type the same again; or put right by hand what the run left"
          + " (see `hearth runs show %2$s`) and run the recipe anew."),
  /** Arguments: the run, its folder, the folder of now, what to do with it. */
  OTHER_FOLDER(
      ErrorKind.USAGE,
      "Run %s began in the folder %s, and this is %s: relative paths would mean other files.",
      "Type `cd '%2$s' && hearth %4$s %1$s`."),
  /** Arguments: the run, what to do with it. */
  WORLD_GONE(
      ErrorKind.USAGE,
      "Run %s was simulated in a world that ended with it.",
      "Run the recipe again; with `--simulate=FILE` the world is kept for `hearth %2$s`."),
  /** Arguments: the run, the parameters, the first one's variable. */
  SECRET_NEEDED(
      ErrorKind.USAGE,
      "The journal of run %s does not keep the secret parameters that it needs: %s.",
      "Give them again: set `%3$s` and alike, or answer on a terminal."),
  /** Arguments: the run, the parameters, the first one's variable. */
  SECRET_SEALED(
      ErrorKind.USAGE,
      "The journal of run %s keeps these secret parameters sealed for a key that is not here: %s.",
      "Put back the key that Hearth had then (setting `secrets.identity`), or give them again: set"
          + " `%3$s` and alike, or answer on a terminal."),
  /** Arguments: the steps, the run, the first step in quotes. */
  STEP_OPEN(
      ErrorKind.HALF_WAY,
      "Nobody knows whether these steps did their work: %s.",
      "Look at what they change, then type `hearth resume %2$s --redo %3$s` to do it again, or"
          + " `--skip %3$s` if it is done; or take all back with `hearth undo %2$s`."),
  /** Arguments: the steps, the run, the first step in quotes. */
  STEP_RESULT_MASKED(
      ErrorKind.HALF_WAY,
      "The results of these steps held a secret, which the journal does not keep: %s.",
      "Type `hearth resume %2$s --redo %3$s` to do the step again, or `--skip %3$s` to go on"
          + " without its result."),
  /** Arguments: the steps, the run, the first step in quotes. */
  STEP_RESULT_SEALED(
      ErrorKind.HALF_WAY,
      "The results of these steps are sealed in the journal for a key that is not here: %s.",
      "Put back the key that Hearth had then (setting `secrets.identity`); or type `hearth resume"
          + " %2$s --redo %3$s` to do the step again, or `--skip %3$s` to go on without its"
          + " result."),
  /** Arguments: the flag, the step, the run. */
  STEP_NOT_OPEN(
      ErrorKind.USAGE,
      "`%s` names the step `%s`, which is not open in run %s.",
      "See the steps of the run with `hearth runs show %3$s`."),
  STEP_REDONE_AND_SKIPPED(
      ErrorKind.USAGE,
      "The step `%s` cannot be done again and skipped.",
      "Give one of `--redo` and `--skip`."),
  /** Arguments: the operation. */
  CHANGE_OUTSIDE_STEP(
      ErrorKind.RECIPE,
      "`%s` changes something outside of a step, and was done by this run already.",
      "Put it into a step: `await step('name', () => …)`; then it is not done twice."),
  /** Arguments: the steps, the run. */
  UNDO_NOT_REACHED(
      ErrorKind.RECIPE,
      "Nothing was undone: the recipe did not come to these steps again: %s.",
      "See why below and try again, or put right by hand what the run left: `hearth runs show"
          + " %2$s`."),
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
