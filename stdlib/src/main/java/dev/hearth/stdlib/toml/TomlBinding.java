package dev.hearth.stdlib.toml;

import dev.hearth.runtime.spi.Binding;

/** Reading and writing TOML. */
public final class TomlBinding implements Binding {
  @Override
  public String name() {
    return "toml";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new TomlPureOps();
  }
}
