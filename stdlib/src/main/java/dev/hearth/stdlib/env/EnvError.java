package dev.hearth.stdlib.env;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reading a variable fails on purpose. */
enum EnvError implements ErrorCode {
  /** Arguments: the variable. */
  MISSING(
      ErrorKind.USAGE,
      "The environment variable `%s` is not set.",
      "Set it and run the recipe again: `%1$s=… hearth run …`."),
  /** Arguments: what was given. */
  NAME(
      ErrorKind.RECIPE,
      "`%s` is no name of a variable.",
      "A name has letters, digits and `_`, and does not begin with a digit.");

  private final ErrorText text;

  EnvError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("env", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
