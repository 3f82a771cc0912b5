package dev.hearth.runtime.engine;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which running a recipe fails on purpose. */
public enum EngineError implements ErrorCode {
  NEVER_SETTLES(
      "recipe",
      ErrorKind.RECIPE,
      "The recipe waits for something that can never happen.",
      "Look for an `await` on a promise that nobody resolves; no operation, timer or stream is"
          + " open."),
  WAITS_FOREVER(
      "session",
      ErrorKind.RECIPE,
      "This waits for something that can never happen.",
      "Look for an `await` on a promise that nobody resolves; no operation, timer or stream is"
          + " open."),
  RESULT_NOT_JSON(
      "recipe",
      ErrorKind.RECIPE,
      "What the recipe returned is not JSON: %s",
      "Return plain objects, arrays, strings, numbers, booleans or null."),
  STEP_RESULT_NOT_JSON(
      "recipe",
      ErrorKind.RECIPE,
      "The result of step `%s` is not JSON: %s",
      "Return plain objects, arrays, strings, numbers, booleans or null; what a later step needs"
          + " stands in the journal."),
  STEP_NEEDS_FUNCTION(
      "recipe",
      ErrorKind.RECIPE,
      "Step `%s` has no function to run.",
      "Write `await step('name', () => …)`."),
  STEP_OPTIONS_NO_OBJECT(
      "recipe",
      ErrorKind.RECIPE,
      "The options of step `%s` are no object.",
      "Write `await step('name', () => …, { undo: (result) => … })`."),
  /** Arguments: the step, the option. */
  STEP_OPTION_UNKNOWN(
      "recipe",
      ErrorKind.RECIPE,
      "Step `%s` was given the option `%s`, which steps do not have.",
      "Use one of: undo, find, readOnly."),
  STEP_UNDO_NO_FUNCTION(
      "recipe",
      ErrorKind.RECIPE,
      "The `undo` of step `%s` is no function.",
      "Write `{ undo: (result) => … }`, so that it is called when the step is taken back."),
  STEP_FIND_NO_FUNCTION(
      "recipe",
      ErrorKind.RECIPE,
      "The `find` of step `%s` is no function.",
      "Write `{ find: () => … }`, so that it is asked what became of the step when the run is"
          + " resumed."),
  TIMED_OUT(
      "run",
      ErrorKind.TIMEOUT,
      "The run took longer than %s.",
      "Give it more time with `--timeout`, or look for what it waited for."),
  INSPECTOR_MISSING(
      "inspect",
      ErrorKind.USAGE,
      "This Hearth has no debugger in it.",
      "Start it by its launcher `hearth`, or put `org.graalvm.tools:chromeinspector-tool` on the"
          + " class path."),
  FAILED_ELSEWHERE(
      "run",
      ErrorKind.RECIPE,
      "The run is ending because another part of the recipe failed.",
      "See the first error of the run."),
  LEFT_BEHIND(
      "run",
      ErrorKind.RECIPE,
      "The recipe goes no further, as the run is being undone.",
      "See what is undone."),
  INTERRUPTED(
      "run", ErrorKind.INTERRUPTED, "The run was interrupted.", "Run it again when you are ready."),
  OP_ARGUMENT(
      "recipe",
      ErrorKind.RECIPE,
      "`%s` was called with a wrong argument: %s",
      "Correct the argument; the module's `.d.ts` says what each call takes."),
  OP_RESULT_TOO_LARGE(
      "limit",
      ErrorKind.RECIPE,
      "`%s` answered more than %d bytes.",
      "Ask for less at once, or raise the setting `limits.resultBytes`."),
  /** Arguments: what crosses, as the begin of the sentence; bytes. */
  DATA_TOO_LARGE(
      "limit",
      ErrorKind.RECIPE,
      "%s is larger than %d bytes.",
      "Hand over less at once, or raise the setting `limits.resultBytes`."),
  /** Arguments: what crosses, as the begin of the sentence; levels. */
  DATA_TOO_DEEP(
      "limit",
      ErrorKind.RECIPE,
      "%s is nested more than %d levels deep.",
      "Make it flatter: a list of items that name each other instead of items in items."),
  /** Arguments: MiB. */
  OUT_OF_MEMORY(
      "limit",
      ErrorKind.RECIPE,
      "The run needs more memory than the %d MiB that it has.",
      "Keep less of it at once, such as in growing lists and texts, or give Hearth more with"
          + " `HEARTH_JAVA_OPTS=-Xmx4g`, within the setting `limits.memory`."),
  STUCK(
      "run",
      ErrorKind.RECIPE,
      "The recipe computes something that cannot be interrupted, and was left behind.",
      "Look for one step over very much at once, such as of a growing number or an array of"
          + " millions. Its thread ends with this process."),
  TOO_MANY_OPERATIONS(
      "limit",
      ErrorKind.RECIPE,
      "More than %d operations are waiting.",
      "Await some before starting more, or raise the setting `limits.waitingOperations`."),
  BUG(
      "hearth",
      ErrorKind.BUG,
      "Hearth itself failed inside `%s`: this is a bug.",
      "Please report it with the details that `--verbose` shows.");

  private final ErrorText text;

  EngineError(String area, ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of(area, name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
