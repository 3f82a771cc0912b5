package dev.hearth.cli;

import dev.hearth.runtime.RunEvent;
import dev.hearth.terminal.NextCommand;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, a request to end, and a terminal that is closed. The first one stops what runs gently: it
 * may clean up and undo. The second one, or the first when nothing runs yet, ends the process at
 * once. While steps are undone nothing is stopped: the first one says so.
 */
final class Interrupts {
  private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
  private final AtomicReference<RunEvent.@Nullable Started> run = new AtomicReference<>();
  private volatile String first = "Stopping; once more ends it at once.";
  private final PrintStream err;
  private final Runnable endAtOnce;

  /**
   * Interrupts that no signal reaches before {@link #watch}.
   *
   * @param endAtOnce ends the process; called on a thread of its own
   */
  Interrupts(PrintStream err, Runnable endAtOnce) {
    this.err = err;
    this.endAtOnce = endAtOnce;
  }

  /** From now on signals come here. */
  Interrupts watch() {
    Signals.register("INT", this::signalled);
    Signals.register("TERM", this::signalled);
    Signals.register("HUP", this::signalled);
    return this;
  }

  /** What the next signal calls, once. */
  void stopBy(Runnable gently) {
    stop.set(gently);
  }

  /** Keeps up with a run, so that its end by force can name it. Any thread. */
  void heard(RunEvent event) {
    switch (event) {
      case RunEvent.Started started -> run.set(started);
      case RunEvent.Undoing _ ->
          first = "Undoing what was done; once more ends it at once and leaves the rest.";
      case RunEvent.Finished _ -> run.set(null);
      default -> {}
    }
  }

  void signalled() {
    var gently = stop.getAndSet(null);
    if (gently == null) {
      var left = run.get();
      err.println();
      if (left != null) {
        err.println("Ended at once; what run " + left.run() + " did so far stays.");
        err.println("  next: " + NextCommand.line(left.run(), true, left.simulated()));
      }
      err.flush();
      new Thread(endAtOnce, "hearth-end").start(); // this thread delivers signals
    } else {
      err.println("\n" + first);
      gently.run();
    }
  }
}
