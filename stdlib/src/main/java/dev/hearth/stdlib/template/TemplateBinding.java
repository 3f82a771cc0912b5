package dev.hearth.stdlib.template;

import dev.hearth.runtime.spi.Binding;

/** Texts with places for values, for configuration files. */
public final class TemplateBinding implements Binding {
  @Override
  public String name() {
    return "template";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new TemplatePureOps();
  }
}
