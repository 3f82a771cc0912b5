package dev.hearth.stdlib.fs;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which using files fails on purpose, beside those of the effects (`file.…`). */
enum FsError implements ErrorCode {
  /** Arguments: the path. */
  NO_PATH(ErrorKind.RECIPE, "`%s` is no path.", "Give one without a NUL character, not empty."),
  /** Arguments: the mode. */
  MODE(ErrorKind.RECIPE, "`%s` is no mode.", "Write it in octal digits, such as `'0644'`."),
  /** Arguments: the pattern, what is wrong. */
  PATTERN(
      ErrorKind.RECIPE,
      "`%s` is no pattern: %s.",
      "Patterns have `*`, `?`, `[a-z]`, `{a,b}` and, as a whole part, `**`."),
  /** Arguments: the folder. */
  NOT_EMPTY(
      ErrorKind.RECIPE,
      "The folder `%s` is not empty.",
      "Pass `{ recursive: true }` to remove it with all that is in it."),
  /** Arguments: the folder, where it was to be copied. */
  INTO_ITSELF(
      ErrorKind.RECIPE,
      "The folder `%s` cannot be copied to `%s`, which is in it.",
      "Copy it to a place outside of it."),
  /** Arguments: the file, the limit. */
  LINE_TOO_LONG(
      ErrorKind.RECIPE,
      "`%s` has a line of more than %d bytes.",
      "Read it as bytes or as text; what has no lines cannot be read by lines."),
  /** Arguments: the path. */
  TOO_DEEP(
      ErrorKind.RECIPE,
      "`%s` has more folders within folders than are walked.",
      "Walk a part of it.");

  private final ErrorText text;

  FsError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("fs", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
