package dev.hearth.runtime.grant;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which remembering grants fails on purpose. */
public enum GrantError implements ErrorCode {
  /** Arguments: the file with its line, what is wrong there. */
  MALFORMED(
      "What was allowed cannot be read: %s %s.",
      "Correct it, or have all recipes ask anew with `hearth permissions revoke --all`."),
  /** Argument: the recipe. */
  NOT_REMEMBERED("Nothing is remembered for `%s`.", "List what is with `hearth permissions list`.");

  private final ErrorText text;

  GrantError(String message, String hint) {
    text = ErrorText.of("grant", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
