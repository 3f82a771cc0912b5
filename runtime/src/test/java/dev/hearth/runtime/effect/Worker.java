package dev.hearth.runtime.effect;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of a test whose outcome can be asked for; asking never hangs for ever. */
public final class Worker<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private Worker(FutureTask<T> task, Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  /** Starts work on a virtual thread, as operations run. */
  public static <T> Worker<T> virtual(Callable<T> work) {
    var task = new FutureTask<>(work);
    return new Worker<>(task, Thread.ofVirtual().start(task));
  }

  /** Starts work on a thread of the operating system. */
  public static <T> Worker<T> platform(Callable<T> work) {
    var task = new FutureTask<>(work);
    return new Worker<>(task, Thread.ofPlatform().daemon().start(task));
  }

  /** Returns once the virtual thread waits for something. */
  public Worker<T> untilItWaits() {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (!thread.isAlive()) {
        throw new AssertionError("The thread ended instead of waiting.");
      }
      LockSupport.parkNanos(1_000_000);
    }
    return this;
  }

  /** Interrupts the thread. */
  public void interrupt() {
    thread.interrupt();
  }

  /** What the work returned. */
  public T result() throws Exception {
    return task.get(20, TimeUnit.SECONDS);
  }

  /** What the work failed with; {@code null} when it did not. */
  public @Nullable Throwable failure() throws Exception {
    try {
      result();
      return null;
    } catch (java.util.concurrent.ExecutionException e) {
      return e.getCause();
    }
  }
}
