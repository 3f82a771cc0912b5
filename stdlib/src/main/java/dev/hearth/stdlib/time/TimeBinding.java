package dev.hearth.stdlib.time;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** Waiting and the time of day. */
public final class TimeBinding implements Binding {
  @Override
  public String name() {
    return "time";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new TimePureOps();
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new TimeOps(context.effects().clock());
  }
}
