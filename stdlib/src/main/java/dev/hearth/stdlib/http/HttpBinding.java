package dev.hearth.stdlib.http;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;

/** HTTP with what {@code fetch} lacks: retries, time limits, downloads, and a server. */
public final class HttpBinding implements Binding {
  @Override
  public String name() {
    return "http";
  }

  /** What it contacts and where it listens are permissions of their own. */
  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new HttpPureOps();
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new HttpOps(context.effects());
  }

  @Override
  public Foreseen foresee(Mention mention) {
    return ForeseenAddresses.of(mention);
  }
}
