package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import org.jspecify.annotations.Nullable;

/** What becomes of a step that the recipe comes to. */
public sealed interface StepEntry {
  /** Its function is called. */
  record Work() implements StepEntry {}

  /** Its {@code find} is asked what an earlier process left of it. */
  record Find() implements StepEntry {}

  /**
   * It is done already.
   *
   * @param result what it returns; {@code null} for {@code undefined}
   * @param handles which handles stand where in it; {@code null} for none
   */
  record Done(@Nullable JsonNode result, @Nullable JsonNode handles) implements StepEntry {
    public Done(@Nullable JsonNode result) {
      this(result, null);
    }
  }

  /** It failed, and fails again with the same. */
  record Failed(ErrorReport error) implements StepEntry {}

  /** Nothing of it is done, and the recipe goes no further here: its run is being undone. */
  record Pause() implements StepEntry {}
}
