package dev.hearth.stdlib.shell;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** Programs of this machine, as a tagged template. */
public final class ShellBinding implements Binding {
  @Override
  public String name() {
    return "shell";
  }

  @Override
  public boolean needsIntent() {
    return false; // `exec` says which programs, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new ShellOps(context.effects().processes(), context.log());
  }
}
