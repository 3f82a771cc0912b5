package dev.hearth.runtime.run;

import dev.hearth.runtime.secret.Secret;
import java.util.Optional;

/**
 * Hears what somebody needs who must find out later why Hearth itself failed. What a recipe says is
 * in its run's journal instead. Any thread may call it, and it never throws.
 */
public interface HearthLog {
  /** Keeps nothing. */
  HearthLog NONE =
      new HearthLog() {
        @Override
        public void secretKnown(Secret secret) {}

        @Override
        public Optional<String> failed(String where, Throwable bug) {
          return Optional.empty();
        }
      };

  /** From now on the value of this secret must not stand in anything that is kept. */
  void secretKnown(Secret secret);

  /**
   * Hearth failed in a way that nobody meant.
   *
   * @return where that can be read whole; empty: nowhere
   */
  Optional<String> failed(String where, Throwable bug);
}
