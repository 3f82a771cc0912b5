package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recipe may say of a step. A misspelt option would lose the step's undo without a word. */
final class StepOptions {
  private static final String UNDO = "undo";
  private static final String FIND = "find";
  private static final List<String> KNOWN = List.of(UNDO, FIND, "readOnly");

  private StepOptions() {}

  /**
   * Why options are refused.
   *
   * @param option the wrong one; null when the options are no object at all
   */
  static HearthException wrong(String step, @Nullable String option) {
    if (option == null) {
      return new HearthException(EngineError.STEP_OPTIONS_NO_OBJECT, step);
    }
    if (option.equals(UNDO)) {
      return new HearthException(EngineError.STEP_UNDO_NO_FUNCTION, step);
    }
    if (option.equals(FIND)) {
      return new HearthException(EngineError.STEP_FIND_NO_FUNCTION, step);
    }
    var error = new HearthException(EngineError.STEP_OPTION_UNKNOWN, step, option);
    return Suggestion.closest(option, KNOWN)
        .map(near -> error.hint("Did you mean `" + near + "`?"))
        .orElse(error);
  }
}
