package dev.hearth.stdlib.fs;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;

/** Files and folders of this machine. */
public final class FsBinding implements Binding {
  @Override
  public String name() {
    return "fs";
  }

  @Override
  public boolean needsIntent() {
    return false; // `read` and `write` say which paths, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new FsOps(context.effects().files());
  }

  @Override
  public Foreseen foresee(Mention mention) {
    return ForeseenPaths.of(mention);
  }
}
