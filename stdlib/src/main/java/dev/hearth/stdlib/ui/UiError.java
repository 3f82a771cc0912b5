package dev.hearth.stdlib.ui;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which showing and asking fails on purpose. */
enum UiError implements ErrorCode {
  /** Arguments: the question. */
  NOBODY(
      ErrorKind.USAGE,
      "Nobody can be asked `%s`.",
      "Run it on a terminal, without `--no-input` and `--json`. A recipe that also runs without one"
          + " declares a parameter instead, which is a flag then, or gives the question a"
          + " `default`."),
  NO_ROWS(
      ErrorKind.RECIPE,
      "`ui.table` takes a list of objects.",
      "Give one object for each row: `[{ name: 'web', cpu: 2 }]`.");

  private final ErrorText text;

  UiError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("ui", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
