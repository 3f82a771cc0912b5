package dev.hearth.stdlib.env;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
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

  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.calls("env.get") || mention.calls("env.find")) {
      return Foreseen.named("env", mention.argument(0));
    }
    return mention.calls("env.machine") ? Foreseen.nothing() : Foreseen.maybe("env");
  }
}
