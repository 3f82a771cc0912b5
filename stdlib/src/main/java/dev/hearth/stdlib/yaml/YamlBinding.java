package dev.hearth.stdlib.yaml;

import dev.hearth.runtime.spi.Binding;

/** Reading and writing YAML. */
public final class YamlBinding implements Binding {
  @Override
  public String name() {
    return "yaml";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new YamlPureOps();
  }
}
