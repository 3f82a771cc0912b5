package dev.hearth.terminal;

import org.jspecify.annotations.Nullable;

/** An input that knows how to read a line without showing what is typed. */
public interface HidingInput {
  /**
   * Shows {@code prompt} once nothing of what is typed is shown any more, so that nobody who types
   * at once is seen.
   *
   * @return the line without its end; {@code null} when the input has ended
   */
  char @Nullable [] readHidden(String prompt);
}
