package dev.hearth.terminal;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.report.SafeText;

/** How far something has come, in words: {@code upload 45/100 45%}. */
final class ProgressState {
  private ProgressState() {}

  static String of(RunEvent.Progressed state) {
    var label = SafeText.line(state.label());
    if (state.total().isEmpty()) {
      return state.done() == 0 ? label : label + "  " + state.done();
    }
    return label
        + "  "
        + state.done()
        + "/"
        + state.total().getAsLong()
        + "  "
        + percent(state)
        + "%";
  }

  /** 0 where there is no total; never more than 100. */
  static long percent(RunEvent.Progressed state) {
    var total = state.total().orElse(0);
    return total <= 0 ? 0 : Math.min(100, (long) (state.done() * 100.0 / total));
  }
}
