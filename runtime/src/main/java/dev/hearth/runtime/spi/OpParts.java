package dev.hearth.runtime.spi;

import java.util.List;

/**
 * The operations of one connection in several objects, for a binding whose operations are more than
 * one idea. A facade calls them as if they were methods of one object, so no two have one name.
 *
 * @param parts objects with {@link Op} methods
 */
public record OpParts(List<Object> parts) {
  public OpParts {
    parts = List.copyOf(parts);
  }

  /** These objects. */
  public static OpParts of(Object... parts) {
    return new OpParts(List.of(parts));
  }
}
