package dev.hearth.runtime.run;

import java.util.Optional;

/**
 * How secrets stand in a journal, so that the run can be taken up by another process of the same
 * user. Everything else in a journal is masked.
 */
public interface SecretSeal {
  /** Keeps nothing: who takes a run up is asked for its secrets again. */
  SecretSeal NONE =
      new SecretSeal() {
        @Override
        public Optional<String> seal(String text) {
          return Optional.empty();
        }

        @Override
        public Optional<String> open(String sealed) {
          return Optional.empty();
        }
      };

  /**
   * A text that nobody else can read; empty when it is not kept.
   *
   * @throws dev.hearth.runtime.HearthException when there is no key that it can be sealed for
   */
  Optional<String> seal(String text);

  /**
   * The text that was sealed; empty where nothing is kept.
   *
   * @throws dev.hearth.runtime.HearthException when it cannot be opened here, as without the key
   */
  Optional<String> open(String sealed);
}
