package dev.hearth.stdlib.time;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reckoning with time fails on purpose. */
enum TimeError implements ErrorCode {
  /** Argument: what was given. */
  INSTANT(
      "`%s` is no instant.",
      "Write it as ISO 8601 with `Z` or an offset, such as `2026-11-26T03:45:00Z`."),
  /** Argument: what was given. */
  ZONE(
      "`%s` is no time zone.",
      "Name it as the tz database does, such as `Europe/Berlin`, or give an offset, such as"
          + " `+01:00`."),
  /** Argument: the instant. */
  NO_SUCH(
      "There is no instant so far from `%s`.", "Take a shorter duration: years have four digits.");

  private final ErrorText text;

  TimeError(String message, String hint) {
    text = ErrorText.of("time", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
