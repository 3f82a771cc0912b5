package dev.hearth.runtime;

import dev.hearth.runtime.engine.SessionExecution;
import dev.hearth.runtime.run.LiveSession;
import java.util.List;

/**
 * A JavaScript world that lives on between inputs, as a REPL has. What an input declares is there
 * for the next, which may declare it again; {@code await} and {@code import} work at the top;
 * promises are awaited. An input that waits for what can never happen fails.
 *
 * <p>What no JavaScript catches and is no input's own error, such as a timer's or a rejection's
 * that was left alone, is told to the listener as {@link RunEvent.Uncaught}; the session goes on.
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
    return evaluate(typed, "repl");
  }

  /** As {@link #evaluate(String)}, with what errors call the input, such as a file's name. */
  public Evaluation evaluate(String typed, String source) throws InterruptedException {
    return session.evaluate(typed, source);
  }

  /**
   * Stops what is being evaluated, which then has the error {@code run.interrupted}; the session
   * goes on. Any thread.
   */
  public void interrupt() {
    session.interrupt();
  }

  /** Names that an input could begin with: globals, and what earlier inputs declared. */
  public List<String> globals() {
    return session.globals();
  }

  /**
   * The members of what a chain of names holds, such as {@code log} of {@code [console]}. Nothing
   * of the user's is called to find them, so a chain through a getter has none, and one through a
   * call, such as {@code ('pve')}, only where a module knows what follows; nor has one when the
   * session is busy.
   */
  public List<String> members(List<String> chain) {
    return session.members(chain);
  }

  @Override
  public void close() {
    session.close();
    afterwards.run();
  }
}
