package dev.hearth.runtime.run;

import dev.hearth.runtime.engine.StepEffect;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a process of its own does in {@link RunStoreTest}: half a run, then it waits to be killed.
 */
final class RunUntilKilled {
  private RunUntilKilled() {}

  /** Argument: the state folder. Prints the run's id when one step has finished and one is open. */
  public static void main(String... arguments) throws IOException {
    var run = new RunFixture(Path.of(arguments[0]));
    run.steps.begin("create", StepEffect.UNDOABLE, false);
    run.steps.finished("create", RunFixture.json("{\"vmid\":9000}"));
    run.steps.begin("start", StepEffect.LASTING, false);
    System.out.println(run.journal.run());
    System.out.flush();
    var _ = System.in.read();
  }
}
