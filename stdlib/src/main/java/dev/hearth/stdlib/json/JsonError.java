package dev.hearth.stdlib.json;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which JSON is refused in Java; pointers and patches are refused in json.js. */
enum JsonError implements ErrorCode {
  /** Arguments: the text's name, line, column, what is wrong. */
  SYNTAX("%s is no JSON at %d:%d: %s.", "Correct line %2$d; `details.excerpt` shows it."),
  /** Arguments: the text's name, levels. */
  TOO_DEEP(
      "%s is nested more than %d levels deep.",
      "Make it flatter; such a text is often made to break its reader.");

  private final ErrorText text;

  JsonError(String message, String hint) {
    this.text = ErrorText.of("json", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
