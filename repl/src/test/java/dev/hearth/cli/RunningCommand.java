package dev.hearth.cli;

import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A command that goes on until somebody presses Ctrl-C. */
final class RunningCommand {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final BufferedReader out;
  private final Interrupts interrupts;
  private final FutureTask<Integer> status;

  RunningCommand(Map<String, String> environment, List<String> arguments) throws IOException {
    var pipe = new PipedInputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Screen.pipe(),
            Screen.pipe(),
            false);
    out = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
    interrupts = new Interrupts(terminal.err(), () -> {});
    var variables = Map.copyOf(environment);
    var line =
        new CommandLineInterface(
            terminal, name -> Optional.ofNullable(variables.get(name)), () -> interrupts);
    status =
        new FutureTask<>(
            () -> {
              try {
                return line.run(arguments);
              } finally {
                terminal.out().close(); // whoever waits for a line hears that none comes
              }
            });
    Thread.ofVirtual().start(status);
  }

  /** The next line of standard output; waits for it. */
  String line() throws IOException {
    var line = out.readLine();
    if (line == null) {
      throw new AssertionError("It ended and said: " + err());
    }
    return line;
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Presses Ctrl-C once and waits for the exit status. */
  int stop() throws InterruptedException, ExecutionException {
    interrupts.signalled();
    return status.get();
  }
}
