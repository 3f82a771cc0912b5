package dev.hearth.stdlib.toml;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/**
 * Every way in which TOML is refused. The first three arguments of what concerns a place are the
 * text's name, the line and the column.
 */
enum TomlError implements ErrorCode {
  NOT_JSON(
      "What is to be written did not come as JSON.", "Give the value to `toml.stringify` itself."),
  /** Then: what is wrong. */
  SYNTAX("%s is no TOML at %d:%d: %s.", "Correct line %2$d; `details.excerpt` shows it."),
  /** Then: the key, the line where it stands already. */
  DUPLICATE_KEY(
      "%s has the key `%4$s` twice at %2$d:%3$d; it stands in line %5$d already.",
      "Remove one of them, or rename it."),
  /** Then: the key, the line where it is set. */
  NOT_EXTENDABLE(
      "%s adds at %2$d:%3$d to `%4$s`, which is complete since line %5$d.",
      "Write what belongs to it there, or rename one of them."),
  /** Then: levels. */
  TOO_DEEP(
      "%s is nested more than %4$d levels deep at %2$d:%3$d.",
      "Make it flatter; such a text is often made to break its reader."),
  NO_TABLE("TOML is written of an object only.", "Put the value under a key of an object."),
  /** Argument: the place. */
  NULL_VALUE(
      "There is nothing, or no number, at `%s`, and TOML has no word for that.",
      "Leave the key out, or write what is meant as a text."),
  /** Argument: levels. */
  VALUE_TOO_DEEP("The value is nested more than %d levels deep.", "Make it flatter.");

  private final ErrorText text;

  TomlError(String message, String hint) {
    this.text = ErrorText.of("toml", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
