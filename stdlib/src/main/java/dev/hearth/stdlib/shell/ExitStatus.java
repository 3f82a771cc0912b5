package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What exit statuses mean. */
final class ExitStatus {
  /** What a program ends with that writes to who reads no more. */
  static final int BROKEN_PIPE = 128 + 13;

  private static final int SIGNAL = 128;
  private static final int SHOWN = 200;

  /** How much of each output an error carries; its end, where programs say what went wrong. */
  private static final int DETAIL = 1 << 16;

  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"));

  private ExitStatus() {}

  /** The name of the signal that ended a process; {@code null} for none of the usual ones. */
  static @Nullable String signal(int exitStatus) {
    return SIGNALS.get(exitStatus - SIGNAL);
  }

  static HearthException failure(String program, ProcessOutcome outcome) {
    var status = outcome.exitStatus();
    var signal = signal(status);
    var error =
        new HearthException(
                ShellError.EXIT_STATUS,
                program,
                signal == null ? status : status + " (" + signal + ")")
            .with("exitCode", status)
            .with("stdout", end(outcome.outputText()))
            .with("stderr", end(outcome.errorText()));
    var lastWords = lastLine(outcome.errorText());
    return lastWords.isEmpty()
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
