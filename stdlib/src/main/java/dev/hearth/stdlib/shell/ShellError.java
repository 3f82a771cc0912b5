package dev.hearth.stdlib.shell;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a command fails on purpose. */
enum ShellError implements ErrorCode {
  /** Arguments: the program, how it ended. */
  EXIT_STATUS(
      ErrorKind.SYSTEM,
      "`%s` ended with exit status %s.",
      "Look at `details.stderr`, or take the status as a result with `nothrow`."),
  /** Arguments: what is wrong. */
  MALFORMED(
      ErrorKind.RECIPE,
      "The command cannot be read: %s.",
      "Write it as in a shell; values need no quotes around them."),
  /** Arguments: where it stands. */
  VALUE_AS_CODE(
      ErrorKind.RECIPE,
      "A value stands %s, where a shell would read it as code.",
      "Compute it in JavaScript before, or give the text with `stdin`."),
  /** Arguments: the shell. */
  UNKNOWN_SHELL(
      ErrorKind.RECIPE,
      "`%s` is no shell that takes commands in the language of sh.",
      "Use one of sh, bash, dash, ash, zsh, ksh and mksh, or the path of one."),
  /** Arguments: the program, the limit in bytes. */
  LINE_TOO_LONG(
      ErrorKind.RECIPE,
      "`%s` wrote a line of more than %d bytes.",
      "Await the command and take its `stdout`; what has no lines cannot be read by lines.");

  private final ErrorText text;

  ShellError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("shell", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
