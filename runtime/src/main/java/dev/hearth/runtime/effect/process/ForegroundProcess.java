package dev.hearth.runtime.effect.process;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.util.List;

/**
 * A program that the user chose, such as their editor, on their own terminal and with their own
 * environment. For the front door: no recipe reaches it, so no gate stands before it.
 */
public final class ForegroundProcess {
  private ForegroundProcess() {}

  /** Runs it and waits for its end; returns its exit status. */
  public static int run(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new HearthException(ProcessError.NOT_FOUND, VisibleText.of(command.getFirst()))
          .causedBy(e);
    }
  }
}
