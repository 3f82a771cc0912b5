package dev.hearth.log;

import dev.hearth.runtime.settings.LogLevel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The configuration of {@code java.util.logging}, which makes one of these when the first library
 * wants to log: there is one handler, and it writes into Hearth's log.
 */
public final class LibraryLogs {
  /** Called by {@link LogManager}. */
  public LibraryLogs() throws IOException {
    var log = ProcessLog.current();
    var level = level(log == null || ProcessLog.isOver() ? LogLevel.INFO : log.level());
    var lines = "handlers=" + LibraryHandler.class.getName() + "\n.level=" + level.getName() + "\n";
    LogManager.getLogManager()
        .readConfiguration(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    ProcessLog.librariesLog();
  }

  /** Another command may be set to another level. */
  static void follow(FileLog log) {
    Logger.getLogger("").setLevel(level(log.level()));
  }

  /** What of libraries is told: one level less than of Hearth, and warnings unless errors only. */
  private static Level level(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN, INFO -> Level.WARNING;
      case DEBUG -> Level.INFO;
      case TRACE -> Level.FINE; // below, some write what they send, in forms that hide secrets
    };
  }
}
