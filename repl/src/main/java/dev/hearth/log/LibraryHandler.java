package dev.hearth.log;

import dev.hearth.runtime.settings.LogLevel;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Writes into Hearth's log what libraries say; made by {@code java.util.logging} itself. */
public final class LibraryHandler extends Handler {
  private static final String NAMELESS = "library";

  private final SimpleFormatter formatter = new SimpleFormatter();

  @Override
  public void publish(LogRecord spoken) {
    var log = ProcessLog.current();
    if (log == null || !isLoggable(spoken)) {
      return;
    }
    var logger = spoken.getLoggerName() == null ? NAMELESS : spoken.getLoggerName();
    var line = LogLine.of(level(spoken.getLevel()), logger, message(spoken));
    var _ = log.write(spoken.getThrown() == null ? line : line.thrown(spoken.getThrown()));
  }

  private String message(LogRecord spoken) {
    var message = formatter.formatMessage(spoken);
    return message == null ? "" : message;
  }

  private static LogLevel level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return LogLevel.ERROR;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return LogLevel.WARN;
    }
    return level.intValue() >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
  }

  /** Each line is written at once. */
  @Override
  public void flush() {}

  @Override
  public void close() {}
}
