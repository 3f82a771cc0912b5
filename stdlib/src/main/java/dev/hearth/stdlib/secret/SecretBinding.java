package dev.hearth.stdlib.secret;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
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

  @Override
  public Foreseen foresee(Mention mention) {
    return mention.calls("secret")
        ? Foreseen.named("secret", mention.argument(0))
        : Foreseen.maybe("secret");
  }
}
