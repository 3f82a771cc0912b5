package dev.hearth.repl;

import dev.hearth.runtime.Evaluation;
import java.util.List;

/** What a REPL needs of a session: a {@link dev.hearth.runtime.Session}, or a fake in tests. */
interface Evaluator {
  /** Whether more must be typed before this can be evaluated. */
  boolean isIncomplete(String typed);

  /**
   * Evaluates one input and waits for its value.
   *
   * @param source what its errors call it
   */
  Evaluation evaluate(String typed, String source) throws InterruptedException;

  /** Stops what is being evaluated; the session goes on. Any thread. */
  void interrupt();

  /** The names that an input could begin with. */
  List<String> globals();

  /**
   * The members of what a chain of names and calls holds; none where code would have to run to
   * know.
   */
  List<String> members(List<String> chain);

  /** What {@code import} can name besides files, such as {@code hearth:log}. */
  List<String> modules();
}
