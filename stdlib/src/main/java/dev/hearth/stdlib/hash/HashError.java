package dev.hearth.stdlib.hash;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which hashing fails on purpose. */
enum HashError implements ErrorCode {
  /** Arguments: the file, the digest that was expected, the one it has. */
  OTHER_CONTENT(
      "`%s` is not what was expected: its digest is `%3$s`, not `%2$s`.",
      "Get the file again; if it differs again, compare with what its vendor publishes."),
  /** Argument: the algorithm. */
  NO_HMAC(
      "`%s` has no keyed digest of RFC 2104.",
      "Use one of the SHA family, which is what signatures are made with.");

  private final ErrorText text;

  HashError(String message, String hint) {
    this.text = ErrorText.of("hash", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
