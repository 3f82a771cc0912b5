package dev.hearth.runtime.module;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code hearth:} modules of a run, as JavaScript text. */
public interface BuiltinModules {
  /** The facade of {@code hearth:NAME}; {@code null} when there is none. */
  @Nullable String source(String name);

  /**
   * What facades share, as {@code hearth:binding/NAME}, or a piece of one that is too large for one
   * file, as {@code hearth:binding/NAME/PIECE}. Recipes cannot import them.
   *
   * @param name {@code NAME} or {@code NAME/PIECE}
   * @return null when there is none
   */
  @Nullable String shared(String name);

  /** All names, for "did you mean". */
  Set<String> names();
}
