package dev.hearth.cli;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;

/** What a user sees and sends when Hearth fails in a way nobody meant. */
final class BugReport {
  private static final int FRAMES = 12;

  private BugReport() {}

  static ErrorReport of(Throwable bug) {
    var version = Version.read();
    var cause = bug.getMessage() == null ? "" : ": " + bug.getMessage();
    return ErrorReport.of(
        new HearthException(CliError.BUG, bug.getClass().getSimpleName() + cause)
            .with("version", version.hearth())
            .with("java", version.java())
            .with("system", version.system())
            .with("trace", trace(bug)));
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
