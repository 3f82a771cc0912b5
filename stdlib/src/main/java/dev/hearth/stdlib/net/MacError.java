package dev.hearth.stdlib.net;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reckoning with hardware addresses fails on purpose. */
enum MacError implements ErrorCode {
  /** Argument: what was given. */
  MALFORMED("`%s` is no MAC address.", "Write it like `bc:24:11:2e:c5:01`."),
  /** Argument: what was given. */
  PREFIX(
      "No address of a machine begins with `%s`.",
      "Give one to five octets, the first an even number, such as `bc:24:11`."),
  /** Arguments: the address, how far. */
  NO_SUCH(
      "There is no address %2$d behind `%1$s`.",
      "Stay between `00:00:00:00:00:00` and `ff:ff:ff:ff:ff:ff`.");

  private final ErrorText text;

  MacError(String message, String hint) {
    text = ErrorText.of("mac", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
