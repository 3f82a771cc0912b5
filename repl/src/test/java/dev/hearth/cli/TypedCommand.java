package dev.hearth.cli;

import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command line as somebody types it into a pipe, and what came of it. */
final class TypedCommand {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private String input = "";
  private final Map<String, String> environment = new HashMap<>();

  /** Sets a variable for what is typed from here on. */
  TypedCommand set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What comes through the pipe of everything that is typed from here on. */
  TypedCommand input(String text) {
    input = text;
    return this;
  }

  /** Runs it; what the last one printed is forgotten. */
  int type(String... arguments) {
    out.reset();
    err.reset();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Screen.pipe(),
            Screen.pipe(),
            false);
    return new CommandLineInterface(
            terminal,
            name -> Optional.ofNullable(environment.get(name)),
            () -> new Interrupts(terminal.err(), () -> {}))
        .run(List.of(arguments));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
