package dev.hearth.runtime.effect;

/**
 * Child processes, behind the gate. What a child does is outside of it: a recipe that may run a
 * program may do all that the program can.
 */
public interface Processes {
  /**
   * Starts a program. The caller reads its outputs and closes it.
   *
   * <p>Fails with a {@link dev.hearth.runtime.HearthException} whose code is a {@link
   * ProcessError}, or one of the gate's.
   */
  RunningProcess start(ProcessRequest request);

  /**
   * Runs a program to its end and keeps what it wrote, at most {@link Limit#PROCESS_OUTPUT_BYTES}
   * of each output. An exit status other than 0 is no error here. Interrupting the thread, the time
   * limit and too much output end the program and all that it started.
   */
  ProcessOutcome run(ProcessRequest request) throws InterruptedException;
}
