package dev.hearth.terminal;

import org.jspecify.annotations.Nullable;

/** An input that knows how to read a line without showing what is typed. */
public interface HidingInput {
  /** The line without its end; {@code null} when the input has ended. */
  char @Nullable [] readHidden();
}
