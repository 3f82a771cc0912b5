package dev.hearth.stdlib.command;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended, as recipes see it.
 *
 * @param exitCode 128 and the signal's number when a signal ended it
 * @param signal its name, such as {@code SIGTERM}
 * @param duration in milliseconds
 */
public record CommandOutcome(
    String stdout, String stderr, int exitCode, @Nullable String signal, long duration) {
  /** How much of each output an error carries; its end, where programs say what went wrong. */
  private static final int DETAIL = 1 << 16;

  private static final int SHOWN = 200;

  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Why a command that ended so is a failure.
   *
   * @param code with a sentence about {@code program}, the exit status and {@code more}
   */
  public HearthException failure(ErrorCode code, String program, Object... more) {
    var arguments = new ArrayList<Object>(List.of(program, status()));
    arguments.addAll(List.of(more));
    var failure = in(new HearthException(code, arguments.toArray()));
    return lastWords()
        .map(
            words ->
                failure.hint(
                    "It said: `"
                        + words
                        + "`. Correct that, or take the status as a result with `nothrow`."))
        .orElse(failure);
  }

  /** {@code failure} with this as its details. */
  public HearthException in(HearthException failure) {
    return failure
        .with("exitCode", exitCode)
        .with("stdout", end(stdout))
        .with("stderr", end(stderr));
  }

  private String status() {
    return signal == null ? String.valueOf(exitCode) : exitCode + " (" + signal + ")";
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - DETAIL));
  }

  /** The last line of its errors, in which programs say what went wrong. */
  public Optional<String> lastWords() {
    var all = stderr.stripTrailing();
    var line = all.substring(all.lastIndexOf('\n') + 1).strip();
    return line.isEmpty()
        ? Optional.empty()
        : Optional.of(
            VisibleText.of(line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line));
  }
}
