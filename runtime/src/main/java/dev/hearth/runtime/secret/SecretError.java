package dev.hearth.runtime.secret;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which the keeping of secrets can fail on purpose. */
public enum SecretError implements ErrorCode {
  NAME_INVALID(
      "`%s` cannot be the name of a secret.",
      "Use up to 200 letters, digits and `. _ - @`, in parts divided by `/`."),
  EMPTY("The secret `%s` is empty.", "Give it a value, or remove it."),
  TOO_BIG("The secret `%s` has %s characters; at most %s are kept.", "Keep it in a file."),
  FILE_WRONG(
      "%s is not in the form in which Hearth keeps secrets.",
      "It needs `{ \"version\": 1, \"secrets\": { \"name\": \"value\" } }`."),
  FILE_NEWER("%s was written by a newer Hearth.", "Use that one, or another config folder.");

  private final ErrorText text;

  SecretError(String message, String hint) {
    this.text = ErrorText.of("secret", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
