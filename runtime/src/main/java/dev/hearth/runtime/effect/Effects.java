package dev.hearth.runtime.effect;

import java.util.Optional;

/**
 * The outside world, as one principal may see it. Every implementation that a binding meets stands
 * behind the gate; nothing else in Hearth may touch sockets, files, processes or the environment.
 */
public interface Effects {
  Net net();

  Files files();

  Processes processes();

  Environment environment();

  Clock clock();

  /** None, where nobody keeps any. */
  default Secrets secrets() {
    return _ -> Optional.empty();
  }
}
