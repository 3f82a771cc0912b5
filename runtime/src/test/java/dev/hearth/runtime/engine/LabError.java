package dev.hearth.runtime.engine;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

enum LabError implements ErrorCode {
  NOT_THERE(ErrorKind.SYSTEM, "There is no `%s` here.", "Look elsewhere than `%s`."),
  FORBIDDEN(ErrorKind.PERMISSION, "`%s` was not granted.", "Grant it.");

  private final ErrorText text;

  LabError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("lab", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
