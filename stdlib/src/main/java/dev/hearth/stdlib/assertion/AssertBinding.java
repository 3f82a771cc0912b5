package dev.hearth.stdlib.assertion;

import dev.hearth.runtime.spi.Binding;

/** Checks that a recipe makes of its own assumptions; all of it is JavaScript. */
public final class AssertBinding implements Binding {
  @Override
  public String name() {
    return "assert";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }
}
