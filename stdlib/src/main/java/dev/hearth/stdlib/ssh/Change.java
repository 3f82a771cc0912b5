package dev.hearth.stdlib.ssh;

import org.jspecify.annotations.Nullable;

/**
 * What {@code ensure} came to.
 *
 * @param <T> a state; {@code null} where the thing is not there
 */
record Change<T>(boolean changed, @Nullable T before, @Nullable T after) {
  /** Nothing had to be done. */
  static <T> Change<T> none(@Nullable T state) {
    return new Change<>(false, state, state);
  }
}
