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
      "Correct the specification; the page of `hearth:templates` lists its fields."),
  /** Argument: the variable that names it. */
  NO_AGENT(
      ErrorKind.USAGE,
      "There is no ssh-agent: `%s` is not set.",
      "Start one and add your key with `ssh-add`, or give the key's file as `{ file: … }`."),
  /** Argument: its socket. */
  AGENT_EMPTY(ErrorKind.USAGE, "The ssh-agent at %s has no keys.", "Add yours with `ssh-add`."),
  /** Argument: its socket. */
  AGENT_BROKEN(
      ErrorKind.SYSTEM,
      "The ssh-agent at %s does not tell its keys.",
      "Try `ssh-add -L`, or give the key's file as `{ file: … }`.");

  private final ErrorText text;

  TemplatesError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("templates", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
