package dev.hearth.stdlib.csv;

import dev.hearth.runtime.spi.Binding;

/** Reading and writing rows of fields. */
public final class CsvBinding implements Binding {
  @Override
  public String name() {
    return "csv";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object pure() {
    return new CsvPureOps();
  }
}
