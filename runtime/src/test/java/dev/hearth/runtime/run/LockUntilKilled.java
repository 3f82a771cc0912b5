package dev.hearth.runtime.run;

import dev.hearth.runtime.effect.Clock;
import java.io.IOException;
import java.nio.file.Path;

/** What a process of its own does in {@link RunLocksTest}: holds a lock until it is killed. */
final class LockUntilKilled {
  private LockUntilKilled() {}

  /** Arguments: the state folder, the lock, the run. Prints a line when it holds it. */
  public static void main(String... arguments) throws IOException {
    new RunLocks(Path.of(arguments[0]), Clock.system()).take(arguments[1]).by(arguments[2]);
    System.out.println("held");
    System.out.flush();
    var _ = System.in.read();
  }
}
