package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;

/** The heap is full, by whatever a recipe keeps. */
public final class OutOfMemory {
  private OutOfMemory() {}

  static HearthException failure() {
    return beyond(Runtime.getRuntime().maxMemory());
  }

  /** More than so many bytes are in use. */
  public static HearthException beyond(long bytes) {
    return new HearthException(EngineError.OUT_OF_MEMORY, bytes / (1024 * 1024));
  }
}
