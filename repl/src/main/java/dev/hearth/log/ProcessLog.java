package dev.hearth.log;

import org.jspecify.annotations.Nullable;

/**
 * The log of the command that this process does now, for what belongs to no command: libraries, and
 * threads that nobody waits for. Only the front door makes it so; a program that embeds Hearth has
 * a log of its own.
 *
 * <p>Libraries log by {@code java.util.logging}, or by SLF4J, which leads there. Nothing of either
 * is loaded before a library asks for it: all that is done at a start is to set a property.
 */
public final class ProcessLog {
  private static final String CONFIGURATION = "java.util.logging.config.class";

  /** Named here and not loaded. */
  private static final String LIBRARY_LOGS = "dev.hearth.log.LibraryLogs";

  private static volatile @Nullable FileLog current;
  private static volatile boolean librariesLog;
  private static volatile boolean over;

  private ProcessLog() {}

  /** From now on no library and no thread prints on the terminal. Call before any of them works. */
  public static void begin() {
    if (System.getProperty(CONFIGURATION) == null
        && System.getProperty("java.util.logging.config.file") == null) { // else somebody debugs
      System.setProperty(CONFIGURATION, LIBRARY_LOGS);
    }
    Thread.setDefaultUncaughtExceptionHandler(ProcessLog::uncaught);
  }

  /** From now on it goes into this log. */
  public static void writeTo(FileLog log) {
    current = log;
    if (librariesLog) {
      LibraryLogs.follow(log);
    }
  }

  /** The command is done. What speaks first now is Java itself, at the end of each process. */
  public static void end() {
    over = true;
  }

  /** Whether nothing is worth reading the settings for any more. */
  static boolean isOver() {
    return over;
  }

  /** The first library wanted to log. */
  static void librariesLog() {
    librariesLog = true;
  }

  static @Nullable FileLog current() {
    return current;
  }

  /** A thread's bug that nobody hears of must be seen somewhere. */
  private static void uncaught(Thread thread, Throwable bug) {
    var log = current;
    if (log == null || log.failed("thread " + thread.getName(), bug).isEmpty()) {
      System.err.println("Hearth has a bug in its thread " + thread.getName() + ".");
      bug.printStackTrace();
    }
  }
}
