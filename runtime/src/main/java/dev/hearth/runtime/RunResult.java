package dev.hearth.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run its id, for {@code hearth runs show}
 * @param status how it ended, in one word
 * @param value what the recipe returned, as JSON; {@code null} unless it succeeded with a value
 * @param error why it did not succeed; {@code null} when it did
 * @param exitStatus what a process should end with; see {@link ErrorKind}
 * @param duration from the start of the run to its end
 */
public record RunResult(
    String run,
    Status status,
    @Nullable JsonNode value,
    @Nullable ErrorReport error,
    int exitStatus,
    Duration duration) {

  public enum Status {
    /** Everything worked. */
    DONE,
    /** It failed and nothing is left half-way: no step had finished, or all were undone. */
    FAILED,
    /** It failed after at least one step; exit status 11. */
    STOPPED,
    /** What its steps did was taken back, as was asked for; exit status 0. */
    UNDONE
  }

  public boolean succeeded() {
    return status == Status.DONE;
  }
}
