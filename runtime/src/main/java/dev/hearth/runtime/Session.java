package dev.hearth.runtime;

import dev.hearth.runtime.engine.SessionExecution;
import dev.hearth.runtime.run.LiveSession;
import java.util.List;

/**
 * A JavaScript world that lives on between inputs, as a REPL has. What an input declares is there
 * for the next; {@code await} and {@code import} work at the top; promises are awaited.
 */
public final class Session implements AutoCloseable {
  private final LiveSession session;
  private final Runnable afterwards;

  Session(LiveSession session, Runnable afterwards) {
    this.session = session;
    this.afterwards = afterwards;
  }

  /** Whether more must be typed before this can be evaluated, such as after an opening brace. */
  public static boolean isIncomplete(String typed) {
    return SessionExecution.isIncomplete(typed);
  }

  /** Evaluates one input and waits for its value. One at a time. */
  public Evaluation evaluate(String typed) throws InterruptedException {
    return session.evaluate(typed);
  }

  /** Stops what is being evaluated; the session goes on. Any thread. */
  public void interrupt() {
    session.interrupt();
  }

  /** Names that an input could begin with: globals, and what earlier inputs declared. */
  public List<String> globals() {
    return session.globals();
  }

  @Override
  public void close() {
    session.close();
    afterwards.run();
  }
}
