package dev.hearth.testing;

import dev.hearth.runtime.ErrorReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test.
 *
 * @param file as the user named it
 * @param path the names of the suites around it and its own, outermost first
 * @param error why it failed; {@code null} when it did not
 */
public record TestResult(
    String file, List<String> path, Status status, Duration duration, @Nullable ErrorReport error) {

  /** What came of a test, in a word. */
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED,
    TODO;

    /** As {@code --json} has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String name() {
    return String.join(" > ", path);
  }
}
