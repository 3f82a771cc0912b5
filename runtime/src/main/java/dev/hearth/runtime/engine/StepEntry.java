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

  /** It is done already, and returns this; {@code null} for {@code undefined}. */
  record Done(@Nullable JsonNode result) implements StepEntry {}

  /** It failed, and fails again with the same. */
  record Failed(ErrorReport error) implements StepEntry {}

  /** Nothing of it is done, and the recipe goes no further here: its run is being undone. */
  record Pause() implements StepEntry {}
}
