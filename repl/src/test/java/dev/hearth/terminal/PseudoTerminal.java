package dev.hearth.terminal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program in a terminal that the kernel made, and somebody who types. */
public final class PseudoTerminal implements AutoCloseable {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final Process process;
  private final Reader screen;
  private final StringBuilder shown = new StringBuilder();

  /** Starts what {@code builder} would start, in a terminal. */
  public PseudoTerminal(ProcessBuilder builder) throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "no `script` to make a terminal with");
    var command =
        builder.command().stream()
            .map(PseudoTerminal::quoted)
            .collect(Collectors.joining(" ", "exec ", ""));
    builder.command(SCRIPT.toString(), "-qefc", command, "/dev/null");
    builder.redirectErrorStream(true);
    builder.environment().putAll(Map.of("TERM", "dumb", "NO_COLOR", "1"));
    process = builder.start();
    screen = process.inputReader(StandardCharsets.UTF_8);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Waits until this stands on the screen, and not only what came before. */
  public PseudoTerminal see(String text) throws IOException {
    var from = shown.length();
    while (shown.indexOf(text, from) < 0) {
      var next = screen.read();
      if (next < 0) {
        throw new AssertionError("It ended and showed:\n" + shown);
      }
      shown.append((char) next);
    }
    return this;
  }

  /** Types this; {@code \r} is the return key, {@code \u0003} Ctrl-C. */
  public PseudoTerminal type(String keys) throws IOException {
    var input = process.getOutputStream();
    input.write(keys.getBytes(StandardCharsets.UTF_8));
    input.flush();
    return this;
  }

  /** Waits for its end. */
  public int status() throws IOException, InterruptedException {
    for (var next = screen.read(); next >= 0; next = screen.read()) {
      shown.append((char) next);
    }
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("It did not end, and showed:\n" + shown);
    }
    return process.exitValue();
  }

  /** All that was shown, with line ends as elsewhere. */
  public String shown() {
    return shown.toString().replace("\r\n", "\n");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
