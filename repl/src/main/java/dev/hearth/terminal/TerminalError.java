package dev.hearth.terminal;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which asking a person fails on purpose. */
public enum TerminalError implements ErrorCode {
  NO_ANSWER(
      "The input ended before the question was answered.",
      "Answer it, or give the answer by a flag; `--help` lists them."),
  CANNOT_HIDE(
      "A secret cannot be typed here, since the terminal would show it.",
      "Give it through standard input; `--help` names the flag.");

  private final ErrorText text;

  TerminalError(String message, String hint) {
    this.text = ErrorText.of("terminal", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
