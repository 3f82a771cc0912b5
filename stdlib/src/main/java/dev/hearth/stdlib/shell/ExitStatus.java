package dev.hearth.stdlib.shell;

import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.stdlib.command.CommandOutcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What exit statuses mean. */
final class ExitStatus {
  /** What a program ends with that writes to who reads no more. */
  static final int BROKEN_PIPE = 128 + 13;

  private static final int SIGNAL = 128;

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
  private static @Nullable String signal(int exitStatus) {
    return SIGNALS.get(exitStatus - SIGNAL);
  }

  /** How it ended, as recipes are told. */
  static CommandOutcome told(ProcessOutcome outcome) {
    return new CommandOutcome(
        outcome.outputText(),
        outcome.errorText(),
        outcome.exitStatus(),
        signal(outcome.exitStatus()),
        outcome.duration().toMillis());
  }
}
