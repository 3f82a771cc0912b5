package dev.hearth.stdlib.templates;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;

/**
 * Templates, on top of {@code hearth:proxmox} and {@code hearth:images}: it reaches nothing itself,
 * so what it needs is what these need.
 */
public final class TemplatesBinding implements Binding {
  @Override
  public String name() {
    return "templates";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new TemplatesPureOps();
  }

  /** The modules beneath need something that a recipe's text does not name. */
  @Override
  public Foreseen foresee(Mention mention) {
    return Foreseen.anything();
  }
}
