package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * How a command on a host ended; the same shape as that of {@code hearth:shell}.
 *
 * @param exitCode 128 and the signal's number when a signal ended it
 * @param signal its name, such as {@code SIGTERM}
 * @param duration in milliseconds
 */
record CommandOutcome(
    String stdout, String stderr, int exitCode, @Nullable String signal, long duration) {
  /** How much of each output an error carries; its end, where programs say what went wrong. */
  private static final int DETAIL = 1 << 16;

  private static final int SHOWN = 200;

  /** The same, unless it failed. */
  CommandOutcome orThrow(RemoteCommand command, String host) {
    if (exitCode == 0) {
      return this;
    }
    var error =
        new HearthException(
                SshRunError.EXIT_STATUS,
                VisibleText.of(command.shown()),
                signal == null ? exitCode : exitCode + " (" + signal + ")",
                host)
            .with("exitCode", exitCode)
            .with("stdout", end(stdout))
            .with("stderr", end(stderr));
    var lastWords = lastLine(stderr);
    throw lastWords.isEmpty()
        ? error
        : error.hint(
            "It said: `"
                + VisibleText.of(lastWords)
                + "`. Correct that, or take the status as a result with `nothrow`.");
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - DETAIL));
  }

  private static String lastLine(String text) {
    var all = text.stripTrailing();
    var line = all.substring(all.lastIndexOf('\n') + 1).strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
