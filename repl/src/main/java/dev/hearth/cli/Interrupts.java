package dev.hearth.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, a request to end, and a terminal that is closed. The first one stops what runs gently: it
 * may clean up and undo. The second one, or the first when nothing runs yet, ends the process at
 * once.
 */
final class Interrupts {
  private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
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

  void signalled() {
    var gently = stop.getAndSet(null);
    if (gently == null) {
      err.println();
      err.flush();
      new Thread(endAtOnce, "hearth-end").start(); // this thread delivers signals
    } else {
      err.println("\nStopping; once more ends it at once.");
      gently.run();
    }
  }
}
