package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which work on a host fails on purpose, once it is connected. */
enum SshRunError implements ErrorCode {
  EXIT_STATUS(
      ErrorKind.SYSTEM,
      "`%s` ended with exit status %s on `%s`.",
      "Look at `details.stderr`, or take the status as a result with `nothrow`."),
  TIMED_OUT(
      ErrorKind.TIMEOUT,
      "`%s` ran longer than %s on `%s` and was asked to end.",
      "Give it a longer `timeout`, or find out what it waits for."),
  OUTPUT_TOO_LARGE(
      ErrorKind.SYSTEM,
      "`%s` wrote more than %d bytes on `%s`.",
      "Read it line by line with `lines()`, or into a file there and `download` that."),
  COMMAND_MALFORMED(
      ErrorKind.RECIPE,
      "The command cannot be read: %s.",
      "Write it as in a shell; values need no quotes around them."),
  VALUE_AS_CODE(
      ErrorKind.RECIPE,
      "A value stands %s, where the shell there would read it as code.",
      "Put it between spaces, or give the text with `stdin`."),
  NAME_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` cannot be the name of %s.",
      "Write a name of letters, digits, `.`, `_` and `-`."),
  SUDO_PASSWORD(
      ErrorKind.SYSTEM,
      "sudo on `%s` does not take the password of `%s`.",
      "Give the connection its `sudoPassword`, or `password` when they are the same."),
  SUDO_PASSWORD_MISSING(
      ErrorKind.SYSTEM,
      "sudo on `%s` asks `%s` for a password.",
      "Give the connection a `sudoPassword`, or allow the user in sudoers without one."),
  SUDO_REFUSED(
      ErrorKind.SYSTEM,
      "sudo on `%s` did not start the command for `%s`.",
      "Look at `details.stderr`, and at the user's lines with `sudo -l` there."),
  LINE_TOO_LONG(
      ErrorKind.SYSTEM,
      "`%s` wrote a line of more than %d bytes on `%s`.",
      "Await the command and take its `stdout`; what has no lines cannot be read by lines.");

  private final ErrorText text;

  SshRunError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("ssh", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
