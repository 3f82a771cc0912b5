package dev.hearth.runtime.param;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which declaring a parameter, or giving it a value, fails on purpose. */
public enum ParamError implements ErrorCode {
  /** Arguments: the parameter, what is wrong, what to do. */
  DECLARED_WRONG(ErrorKind.RECIPE, "The parameter `%s` is declared wrong: %s.", "%3$s"),

  /** Arguments: the parameter, its flag or its summary, the flag to pass, the variable to set. */
  MISSING(ErrorKind.USAGE, "The parameter `%s` is missing: %s.", "Pass `%3$s`, or set `%4$s`."),

  /** Arguments: the parameter, what it must do, where the value comes from, the value, the hint. */
  INVALID(ErrorKind.USAGE, "The parameter `%s` must %s, but %s says `%s`.", "%5$s"),

  /** Arguments: the parameter, what it must do, where the value comes from, what to do. */
  INVALID_SECRET(ErrorKind.USAGE, "The parameter `%s` must %s; %s says something else.", "%4$s"),

  /** Arguments: where it was named, the name, what to do. */
  UNKNOWN(ErrorKind.USAGE, "%s names `%s`, which is no parameter of this recipe.", "%3$s"),

  /** Arguments: the flag. */
  REPEATED(
      ErrorKind.USAGE,
      "The flag `%s` is given more than once, with different values.",
      "Keep one of them."),

  /** Arguments: the file, why. */
  FILE_UNREADABLE(
      ErrorKind.USAGE, "The parameter file `%s` cannot be read: %s.", "Check the path."),

  /** Arguments: the file, what is wrong with it. */
  FILE_WRONG(
      ErrorKind.USAGE,
      "The parameter file `%s` is wrong: %s.",
      "It is one JSON or YAML object: the names of parameters and their values.");

  private final ErrorText text;

  ParamError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("param", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
