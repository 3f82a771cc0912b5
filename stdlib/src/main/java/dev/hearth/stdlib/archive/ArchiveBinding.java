package dev.hearth.stdlib.archive;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** Archives of files and folders, and compressed bytes. */
public final class ArchiveBinding implements Binding {
  @Override
  public String name() {
    return "archive";
  }

  @Override
  public boolean needsIntent() {
    return false; // `read` and `write` say which paths, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new ArchiveOps(context.effects().files());
  }
}
