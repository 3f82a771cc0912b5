package dev.hearth.repl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a REPL needs of a session. */
public interface Evaluator {
  /** Whether more must be typed before this can be evaluated. */
  boolean isIncomplete(String typed);

  /** Evaluates one input and waits for its value. */
  Answer evaluate(String typed) throws InterruptedException;

  /** Stops what is being evaluated; the session goes on. Any thread. */
  void interrupt();

  /** The names that an input could begin with. */
  List<String> globals();

  /** What {@code import} can name besides files, such as {@code hearth:log}. */
  List<String> modules();

  /**
   * What came of one input.
   *
   * @param text the value for people; {@code null} when there is none
   * @param value the value as JSON; {@code null} when it has no such form
   * @param error why there is no value
   */
  record Answer(@Nullable String text, @Nullable JsonNode value, @Nullable ErrorReport error) {}
}
