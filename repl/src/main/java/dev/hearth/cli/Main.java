package dev.hearth.cli;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.terminal.Ink;
import dev.hearth.terminal.ProcessTerminal;
import java.util.List;

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
    var status =
        new CommandLineInterface(
                terminal,
                Environment.system(),
                () -> new Interrupts(terminal.err(), Main::endAtOnce).watch())
            .run(words);
    terminal.out().flush();
    terminal.err().flush();
    return status;
  }

  /** Without hooks and without waiting for anything: somebody pressed Ctrl-C a second time. */
  private static void endAtOnce() {
    Runtime.getRuntime().halt(ErrorKind.INTERRUPTED.exitStatus());
  }
}
