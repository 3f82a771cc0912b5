package dev.hearth.stdlib.http;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which {@code hearth:http} fails on purpose, beside those of reaching the peer. */
enum HttpError implements ErrorCode {
  STATUS(
      ErrorKind.SYSTEM,
      "%s %s was answered with %d%s.",
      "Read `details.body`, which is what the server says about it; `{ anyStatus: true }` returns"
          + " such answers instead."),
  TIME_OVER(
      ErrorKind.TIMEOUT,
      "%s %s was not done within %s.",
      "Check that the system is healthy, or allow more with `timeout` (one attempt) and"
          + " `totalTimeout` (all of them)."),
  OPTION_WRONG(
      ErrorKind.RECIPE,
      "`%s` %s.",
      "The types of `hearth:http` say what each option takes; `hearth types` writes them."),
  CHECKSUM_WRONG(
      ErrorKind.SYSTEM,
      "What %s holds is not what was asked for: its %s is %s.",
      "Check the checksum and the address; the file was not kept."),
  NOT_SERVING(
      ErrorKind.RECIPE,
      "The server is closed.",
      "Keep it open until the last request is answered."),
  ANSWERED_TWICE(
      ErrorKind.RECIPE,
      "The request was answered already, or its client has left.",
      "Answer each request once, within `answerWithin`.");

  private final ErrorText text;

  HttpError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("http", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
