package dev.hearth.cli;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a user sees and sends when Hearth fails in a way nobody meant. */
final class BugReport {
  private static final int FRAMES = 12;

  private BugReport() {}

  /**
   * The report.
   *
   * @param log the file in which its whole stack stands; empty when that could not be written
   */
  static ErrorReport of(Throwable bug, Optional<String> log) {
    var version = Version.read();
    var cause = bug.getMessage() == null ? "" : ": " + bug.getMessage();
    var report =
        new HearthException(CliError.BUG, bug.getClass().getSimpleName() + cause)
            .with("version", version.hearth())
            .with("java", version.java())
            .with("system", version.system());
    return ErrorReport.of(
        log.isPresent()
            ? report
                .with("log", log.get())
                .hint(
                    "Report it with all of these lines, with its line of that log, and with what"
                        + " you did; check it for secrets first.")
            : report.with("trace", trace(bug)));
  }

  private static List<String> trace(Throwable bug) {
    var lines = new ArrayList<String>();
    for (var t = bug; t != null && lines.size() < 3 * FRAMES; t = t.getCause()) {
      lines.add(t.toString());
      for (var i = 0; i < Math.min(FRAMES, t.getStackTrace().length); i++) {
        lines.add("at " + t.getStackTrace()[i]);
      }
    }
    return lines;
  }
}
