package dev.hearth.runtime.effect;

import java.io.InputStream;

/** A child process. */
public interface RunningProcess extends AutoCloseable {
  long pid();

  InputStream output();

  InputStream errors();

  /**
   * Waits for its end and returns its exit status. When the time limit of the request passes
   * before, it is ended and {@link ProcessError#TIMED_OUT} is thrown; so does an interrupt end it.
   */
  int await() throws InterruptedException;

  /**
   * Ends it and all that it started, unless it has already ended: SIGTERM, then SIGKILL after the
   * request's grace. Returns when they are gone.
   */
  void stop();

  /** As {@link #stop}. */
  @Override
  default void close() {
    stop();
  }
}
