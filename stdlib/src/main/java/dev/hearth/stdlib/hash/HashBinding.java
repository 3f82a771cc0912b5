package dev.hearth.stdlib.hash;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.Mention.Kind;
import dev.hearth.runtime.spi.OpContext;

/** Digests of texts, bytes and files. */
public final class HashBinding implements Binding {
  @Override
  public String name() {
    return "hash";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new HashPureOps();
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new HashOps(context.effects().files());
  }

  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.calls("hash.file") || mention.calls("hash.verify")) {
      return Foreseen.named("read", mention.argument(0));
    }
    return mention.kind() == Kind.OTHER ? Foreseen.maybe("read") : Foreseen.nothing();
  }
}
