package dev.hearth.runtime.engine;

import java.util.Optional;
import java.util.regex.Pattern;

/** A promise that was used as if it were its value: the engine's text shows the promise. */
final class ForgottenAwait {
  private static final Pattern PROMISE =
      Pattern.compile(
          "TypeError: (?:Promise\\s?\\{.*|\\[object Promise\\]) is not (?:iterable|a function|an Object)"
              + ".*|TypeError: .* Promise ?\\{.*",
          Pattern.DOTALL);

  private ForgottenAwait() {}

  static Optional<String> hint(String message) {
    return PROMISE.matcher(message).matches()
        ? Optional.of("Did you forget `await`? This is a promise of the value.")
        : Optional.empty();
  }
}
