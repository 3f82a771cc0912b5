package dev.hearth.repl;

import dev.hearth.runtime.effect.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Opens the terminal for editing without asking it what it can do. JLine would put questions to it
 * and read its answers from where keys come from: what was typed ahead is lost to them, and a
 * terminal that does not answer holds up the prompt for 200 ms. It spares Apple's terminal, which
 * cannot take the questions, so every terminal is introduced as that one.
 */
final class ConsoleBuilder {
  private ConsoleBuilder() {}

  /** The terminal of this process. */
  static Terminal open(Environment environment) throws IOException {
    return quiet(TerminalBuilder.builder().system(true), environment).build();
  }

  static TerminalBuilder quiet(TerminalBuilder builder, Environment environment) {
    return builder
        .encoding(StandardCharsets.UTF_8)
        .graphemeCluster(false)
        .env(name -> variable(environment, name));
  }

  private static @Nullable String variable(Environment environment, String name) {
    return name.equals("TERM_PROGRAM") ? "Apple_Terminal" : environment.get(name).orElse(null);
  }
}
