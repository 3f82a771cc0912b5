package dev.hearth.runtime.param;

import dev.hearth.runtime.ErrorReport.Location;
import java.util.Optional;

/** Where the parts of a declaration stand, by JSON pointers below {@code params}. */
public interface Places {
  /** The place of the key that leads to a value. */
  Optional<Location> key(String pointer);

  /** The place of a value. */
  Optional<Location> value(String pointer);

  /** Of a declaration that stands in no file. */
  static Places unknown() {
    return new Places() {
      @Override
      public Optional<Location> key(String pointer) {
        return Optional.empty();
      }

      @Override
      public Optional<Location> value(String pointer) {
        return Optional.empty();
      }
    };
  }
}
