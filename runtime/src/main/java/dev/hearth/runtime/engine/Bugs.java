package dev.hearth.runtime.engine;

import java.util.Optional;

/** Takes what Hearth failed by in a way that nobody meant, for whoever looks for it later. */
@FunctionalInterface
interface Bugs {
  /**
   * It failed. Any thread.
   *
   * @return where that can be read whole; empty: nowhere
   */
  Optional<String> failed(String where, Throwable bug);
}
