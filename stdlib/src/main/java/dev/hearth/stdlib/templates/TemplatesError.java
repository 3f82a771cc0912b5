package dev.hearth.stdlib.templates;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which making a template fails on purpose. */
enum TemplatesError implements ErrorCode {
  /** Arguments: the field, and what is wrong with it. */
  SPEC(
      ErrorKind.RECIPE,
      "The template's `%s` %s.",
      "Correct the specification; the page of `hearth:templates` lists its fields.");

  private final ErrorText text;

  TemplatesError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("templates", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
