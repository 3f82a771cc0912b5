package dev.hearth.terminal;

import dev.hearth.runtime.RunEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Where each word is a line for ever, few are said: the first, each tenth part, and the last. */
final class SparseProgress {
  private static final long STEP_PERCENT = 10;
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private record Told(long percent, long nanoTime) {}

  private final Map<String, Told> told = new HashMap<>();

  /** Whether this one is worth a line. */
  boolean isWorthTelling(RunEvent.Progressed state, long nanoTime) {
    var last = told.get(state.label());
    if (state.isOver()) {
      told.remove(state.label());
      return true;
    }
    var percent = ProgressState.percent(state);
    var isNews =
        last == null
            || percent >= last.percent() + STEP_PERCENT
            || nanoTime - last.nanoTime() >= SILENCE.toNanos();
    if (isNews) {
      told.put(state.label(), new Told(percent, nanoTime));
    }
    return isNews;
  }
}
