package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;

/** The heap is full, by whatever a recipe keeps. */
final class OutOfMemory {
  private OutOfMemory() {}

  static HearthException failure() {
    return new HearthException(
        EngineError.OUT_OF_MEMORY, Runtime.getRuntime().maxMemory() / (1024 * 1024));
  }
}
