package dev.hearth.runtime.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which process wrote something, so that a later one can tell whether it still lives. A process id
 * alone is given out again; together with the start it is unique.
 *
 * @param pid the process id
 * @param start when the process started, to be compared and not to be read. On Linux this counts
 *     from the start of the machine, so that setting the clock changes nothing.
 */
public record ProcessMark(long pid, String start) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Fields of {@code /proc/PID/stat} after the command in parentheses, counted from 0. */
  private static final int STATE = 0;

  private static final int START_TICKS = 19;

  /** The mark of this process. */
  public static ProcessMark own() {
    return of(ProcessHandle.current());
  }

  /** Whether the process that made the mark still runs on this machine. */
  public boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(ProcessMark::of)
        .filter(this::equals)
        .isPresent();
  }

  private static ProcessMark of(ProcessHandle process) {
    return new ProcessMark(process.pid(), start(process));
  }

  private static String start(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START_TICKS + 2);
      if (fields[STATE].equals("Z")) {
        return "ended"; // nobody has asked for its exit status yet
      }
      return Files.readString(BOOT).strip() + "/" + fields[START_TICKS];
    } catch (IOException e) { // not Linux, or it ended meanwhile
      return process.info().startInstant().map(Object::toString).orElse("unknown");
    }
  }
}
