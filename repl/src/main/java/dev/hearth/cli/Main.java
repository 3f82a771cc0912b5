package dev.hearth.cli;

import dev.hearth.terminal.Ink;
import dev.hearth.terminal.ProcessTerminal;
import java.util.List;
import java.util.Optional;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> words) {
    var terminal =
        ProcessTerminal.open(CommonFlags.isGiven("--no-color", words) ? Ink.PLAIN : Ink.COLOUR);
    var status = new CommandLineInterface(terminal, Main::variable).run(words);
    terminal.out().flush();
    terminal.err().flush();
    return status;
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name));
  }
}
