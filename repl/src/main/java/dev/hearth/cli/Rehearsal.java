package dev.hearth.cli;

import dev.hearth.log.ProcessLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs several commands in one process, so that the build can record which classes a start needs
 * and keep them in the AOT cache. A cache is made from one process; people run one command in each.
 *
 * <p>The commands are the arguments, with {@code ,} between them. One that fails ends the
 * rehearsal, and with it the build: a cache of a failure's classes helps nobody.
 */
final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] args) {
    ProcessLog.begin();
    List<String> command = new ArrayList<>();
    for (var word : args) {
      if (word.equals(",")) {
        run(command);
        command = new ArrayList<>();
      } else {
        command.add(word);
      }
    }
    run(command);
    rehearseEnd();
  }

  /** What Java asks at the end of each process, and what makes java.util.logging ask for ours. */
  private static void rehearseEnd() {
    ProcessLog.end();
    if (System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG)) {
      throw new IllegalStateException("The end of a process would be told.");
    }
  }

  private static void run(List<String> command) {
    int status = Main.run(command);
    if (status != 0) {
      throw new IllegalStateException("hearth " + command + " ended with status " + status);
    }
  }
}
