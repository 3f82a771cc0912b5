package dev.hearth.stdlib.log;

import dev.hearth.runtime.spi.Binding;

/** The run's log as a module, so that libraries need not be handed it. */
public final class LogBinding implements Binding {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }
}
