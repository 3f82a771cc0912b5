package dev.hearth.stdlib.ui;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** The person who follows the run: tables and progress for them, and questions. */
public final class UiBinding implements Binding {
  @Override
  public String name() {
    return "ui";
  }

  @Override
  public boolean needsIntent() {
    return false; // it reaches nobody but who runs the recipe
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new UiOps(context.person());
  }
}
