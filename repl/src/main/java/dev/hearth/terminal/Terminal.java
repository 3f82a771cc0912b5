package dev.hearth.terminal;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The three streams of a process and what they can show. Data goes to {@code out}; messages,
 * progress and questions go to {@code err}.
 *
 * @param interactive whether a person can be asked: input and messages are both on a terminal
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Screen outScreen,
    Screen errScreen,
    boolean interactive) {

  /** The same terminal, written to by other streams. */
  public Terminal with(PrintStream out, PrintStream err) {
    return new Terminal(in, out, err, outScreen, errScreen, interactive);
  }

  /** The same terminal, on which nobody may be asked anything. */
  public Terminal withoutQuestions() {
    return new Terminal(in, out, err, outScreen, errScreen, false);
  }
}
