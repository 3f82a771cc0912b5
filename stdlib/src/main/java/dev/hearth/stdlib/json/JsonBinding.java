package dev.hearth.stdlib.json;

import dev.hearth.runtime.spi.Binding;

/**
 * What can be done with JSON beside reading and writing it. Most of it is JavaScript, where the
 * values are.
 */
public final class JsonBinding implements Binding {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new JsonPureOps();
  }
}
