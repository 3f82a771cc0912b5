package dev.hearth.stdlib.terraform;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options that many commands have. */
final class Limits {
  private Limits() {}

  static void parallelism(@Nullable Integer operations, List<String> words) {
    if (operations != null) {
      words.add("-parallelism=" + operations);
    }
  }

  static void lock(@Nullable Duration wait, List<String> words) {
    if (wait != null) {
      words.add("-lock-timeout=" + wait.toSeconds() + "s");
    }
  }
}
