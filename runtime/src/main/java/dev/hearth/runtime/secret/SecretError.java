package dev.hearth.runtime.secret;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which the keeping of secrets can fail on purpose. */
public enum SecretError implements ErrorCode {
  NAME_INVALID(
      "`%s` cannot be the name of a secret.",
      "Use up to 200 letters, digits and `. _ - @`, in parts divided by `/`."),
  UNKNOWN(
      "There is no secret `%s`.",
      "List them with `hearth secrets list`, or store it with `hearth secrets set %1$s`."),
  CHANGED_MEANWHILE(
      "The secret `%s` was changed by somebody else meanwhile.",
      "Look at what it is now, and edit it again."),
  EMPTY("The secret `%s` is empty.", "Give it a value, or remove it."),
  TOO_BIG("The secret `%s` has %s characters; at most %s are kept.", "Keep it in a file."),
  FILE_WRONG(
      "%s is not in the form in which Hearth keeps secrets.",
      "It needs `{ \"version\": 1, \"secrets\": { \"name\": \"value\" } }`."),
  KEY_MISSING(
      "The key that opens your secrets is missing: there is no %s.",
      "Put it back from your copy, or name it with the setting `secrets.identity`; without it the"
          + " secrets cannot be read by anybody."),
  KEY_WRONG(
      "%s holds no key that Hearth can use.",
      "Name an identity file of age or an SSH key (Ed25519 or RSA, in OpenSSH's form) with the"
          + " setting `secrets.identity`."),
  KEY_LOCKED(
      "The SSH key %s has a passphrase.",
      "Name a key without one, such as an identity of `age-keygen`, with the setting"
          + " `secrets.identity`."),
  SEALED_FOR_ANOTHER(
      "%s is sealed for another key than the one in %s.",
      "Name the file with the right key with the setting `secrets.identity`."),
  SEALED_DAMAGED(
      "%s is damaged: it cannot be opened.", "Put it back from a copy, or set the secrets again."),
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
