package dev.hearth.runtime.effect;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** What a run asks for beyond its limits. */
public enum LimitError implements ErrorCode {
  /** Arguments: the file, the limit in bytes, the setting. */
  FILE_TOO_LARGE(
      ErrorKind.RECIPE,
      "`%s` is larger than the %d bytes that may be read at once.",
      "Read it as a stream, or raise the setting `%3$s`."),
  /** Arguments: the program, the limit in bytes, the setting. */
  OUTPUT_TOO_LARGE(
      ErrorKind.RECIPE,
      "`%s` wrote more than the %d bytes that are kept of its output.",
      "Read the output as a stream, or raise the setting `%3$s`."),
  /** Arguments: what was waited for, the setting. */
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "Waiting for %s was interrupted.",
      "Run it again when you are ready; the setting `%2$s` says how many may be used at once.");

  private final ErrorText text;

  LimitError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("limit", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
