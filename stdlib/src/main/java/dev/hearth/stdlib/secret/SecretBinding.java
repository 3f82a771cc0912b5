package dev.hearth.stdlib.secret;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** The user's stored secrets. */
public final class SecretBinding implements Binding {
  @Override
  public String name() {
    return "secret";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new SecretOps(context.effects().secrets());
  }
}
