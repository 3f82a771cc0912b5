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
   * Waits for its end as {@link #await} does, and keeps what it writes: at most {@link
   * Limit#PROCESS_OUTPUT_BYTES} of each output, more ends it and is an error. For whoever reads
   * neither output.
   *
   * @param listener is told what comes, as it comes
   */
  ProcessOutcome finish(OutputListener listener) throws InterruptedException;

  /** Hears what a process writes. Called on a thread of each output. */
  @FunctionalInterface
  interface OutputListener {
    /** Hears nothing. */
    OutputListener NONE = (output, bytes, length) -> {};

    /** The first {@code length} of {@code bytes} came; the array is used again afterwards. */
    void came(Output output, byte[] bytes, int length);
  }

  /** Where a process writes to. */
  enum Output {
    STANDARD,
    ERRORS
  }

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
