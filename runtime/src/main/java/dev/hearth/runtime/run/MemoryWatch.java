package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.OutOfMemory;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Ends a run while there is still memory to end it in: to write its journal and to undo.
 *
 * <p>What is watched is the heap of the whole process, since nobody can tell whose an object is. A
 * recipe that is faster than this looks meets the end of the heap itself, which ends it too.
 */
final class MemoryWatch implements AutoCloseable {
  private static final Clock MACHINE = Clock.system();
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Each time that it looks in earnest the whole heap is collected. */
  private static final Duration IN_EARNEST = Duration.ofSeconds(1);

  private final long limit;
  private final Consumer<HearthException> stop;
  private final Thread thread;

  private MemoryWatch(long limit, Consumer<HearthException> stop) {
    this.limit = limit;
    this.stop = stop;
    this.thread = Thread.ofVirtual().name("hearth-memory").start(this::watch);
  }

  /**
   * Begins to watch.
   *
   * @param limit in bytes, as it was set
   * @param stop is told once why the run is to end
   */
  static MemoryWatch over(long limit, Consumer<HearthException> stop) {
    return new MemoryWatch(Math.min(limit, Runtime.getRuntime().maxMemory() / 8 * 7), stop);
  }

  private void watch() {
    // Made while there is room: a class whose first use finds none can never be used again.
    var beyond = OutOfMemory.beyond(limit);
    try {
      while (!isBeyond()) {
        MACHINE.sleep(LOOK);
      }
      stop.accept(beyond);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run is over
    }
  }

  private boolean isBeyond() throws InterruptedException {
    if (used() <= limit) {
      return false;
    }
    System.gc();
    if (used() > limit) {
      return true;
    }
    MACHINE.sleep(IN_EARNEST);
    return false;
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
