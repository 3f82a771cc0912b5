package dev.hearth.cli;

import dev.hearth.log.FileLog;
import dev.hearth.log.ProcessLog;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.settings.Places;
import dev.hearth.standby.StandbyStart;
import dev.hearth.terminal.Ink;
import dev.hearth.terminal.ProcessTerminal;
import dev.hearth.terminal.Terminal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    ProcessLog.begin();
    var status = run(List.of(args));
    ProcessLog.end();
    System.exit(status);
  }

  /** After a run that a standby process would have made shorter, there is one for the next. */
  private static void leaveStandby(List<String> words, Terminal terminal) {
    if (words.isEmpty()
        || !StandbyWork.COMMANDS.contains(words.getFirst())
        || !StandbyStart.isWanted(System.getenv(), terminal.interactive())) {
      return;
    }
    try {
      var start = new StandbyStart(Places.of(Environment.system()).runtime());
      if (!start.address().isServed()) {
        var _ = start.start();
      }
    } catch (HearthException | IOException e) { // the next start takes longer, which is all
      new FileLog(Environment.system()).warn("No standby process could be started.", e);
    }
  }

  static int run(List<String> words) {
    var terminal =
        ProcessTerminal.open(CommonFlags.isGiven("--no-color", words) ? Ink.PLAIN : Ink.COLOUR);
    var status =
        new CommandLineInterface(
                terminal,
                Environment.system(),
                () -> new Interrupts(terminal.err(), Main::endAtOnce).watch(),
                () -> Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()))
            .run(words);
    terminal.out().flush();
    terminal.err().flush();
    leaveStandby(words, terminal);
    AfterRun.tidy(words, Environment.system());
    return status;
  }

  /** Without hooks and without waiting for anything: somebody pressed Ctrl-C a second time. */
  static void endAtOnce() {
    Runtime.getRuntime().halt(ErrorKind.INTERRUPTED.exitStatus());
  }
}
