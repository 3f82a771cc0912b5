package dev.hearth.stdlib.net;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;

/** Networks: reckoning with addresses, names, and whether something answers. */
public final class NetBinding implements Binding {
  @Override
  public String name() {
    return "net";
  }

  @Override
  public boolean needsIntent() {
    return false; // `net` says which hosts, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new NetOps(context.effects().net());
  }

  @Override
  public Object pure() {
    return new NetPureOps();
  }
}
