package dev.hearth.cli;

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
  }

  private static void run(List<String> command) {
    int status = Main.run(command);
    if (status != 0) {
      throw new IllegalStateException("hearth " + command + " ended with status " + status);
    }
  }
}
