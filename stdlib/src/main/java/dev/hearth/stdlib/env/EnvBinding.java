package dev.hearth.stdlib.env;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** Environment variables, and what kind of machine this is. */
public final class EnvBinding implements Binding {
  @Override
  public String name() {
    return "env";
  }

  @Override
  public boolean needsIntent() {
    return false; // `env` says which variables, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new EnvOps(context.effects().environment());
  }
}
