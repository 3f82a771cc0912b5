package dev.hearth.stdlib.template;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a template fails on purpose; first the template's name, line and column. */
enum TemplateError implements ErrorCode {
  /** Then: what is wrong. */
  SYNTAX("%s is no template at %d:%d: %s.", "Correct line %2$d; `details.excerpt` shows it."),
  /** Then: the name. */
  MISSING(
      "%s needs `%4$s` at %2$d:%3$d, which it was not given.",
      "Give it, or write `{{ %4$s | default('') }}`."),
  /** Then: the expression, what it is. */
  NOT_A_TEXT(
      "%s shows `%4$s` at %2$d:%3$d, which is %5$s.",
      "Choose a part of it, or write `{{ %4$s | json }}`."),
  /** Then: what the filter or operator says. */
  WRONG_VALUE("%s cannot go on at %d:%d: %s.", "Correct the value or the template."),
  TOO_LARGE(
      "%s makes more than %4$d characters at %2$d:%3$d.",
      "Look for a loop in a loop that is none.");

  private final ErrorText text;

  TemplateError(String message, String hint) {
    this.text = ErrorText.of("template", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
