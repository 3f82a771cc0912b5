package dev.hearth.stdlib.net;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.Mention.Kind;
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

  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.calls("net.answers") || mention.calls("net.waitForPort")) {
      var host = mention.argument(0).flatMap(Mention.Argument::text);
      var port = mention.argument(1).flatMap(Mention.Argument::text);
      return host.isPresent() && port.isPresent()
          ? Foreseen.needs("net=" + host.get() + ":" + port.get())
          : Foreseen.maybe("net");
    }
    return mention.calls("net.resolve") || mention.kind() == Kind.OTHER
        ? Foreseen.maybe("net") // any port of the host will do
        : Foreseen.nothing();
  }
}
