package dev.hearth.stdlib.secret;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a recipe's use of a secret fails on purpose. */
enum SecretModuleError implements ErrorCode {
  /** Names no other secret: the recipe may not know of them. */
  NOT_STORED(
      "There is no secret `%s`.", "Store it with `hearth secrets set %1$s`, then run again.");

  private final ErrorText text;

  SecretModuleError(String message, String hint) {
    this.text = ErrorText.of("secret", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
