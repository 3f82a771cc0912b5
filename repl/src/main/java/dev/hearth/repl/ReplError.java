package dev.hearth.repl;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which the REPL itself fails on purpose. */
enum ReplError implements ErrorCode {
  UNKNOWN_COMMAND("`%s` is not a command of the REPL.", "List the commands with `.help`."),
  NOT_A_COMMAND("`%s` is no name of JavaScript.", "Commands begin with a dot: type `%2$s`."),
  FILE_UNREADABLE(
      "The file `%s` cannot be read: %s.", "Check the path; it is relative to the current folder."),
  FILE_MISSING("`.load` needs a file.", "Write it as `.load tools.js`.");

  private final ErrorText text;

  ReplError(String message, String hint) {
    this.text = ErrorText.of("repl", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
