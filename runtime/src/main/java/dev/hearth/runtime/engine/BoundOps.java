package dev.hearth.runtime.engine;

import dev.hearth.runtime.engine.OpMethods.OpMethod;
import dev.hearth.runtime.spi.OpParts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ops of what a binding opened, which may stand in several objects. */
final class BoundOps {
  private final Map<String, BoundOp> byName = new HashMap<>();

  /** An op with the object that it is a method of. */
  record BoundOp(OpMethod method, Object owner) {}

  /**
   * Those of an object with ops, or of the objects of {@link OpParts}.
   *
   * @throws IllegalStateException when two have one name
   */
  BoundOps(Object opened) {
    var parts = opened instanceof OpParts(List<Object> several) ? several : List.of(opened);
    for (var part : parts) {
      for (var method : OpMethods.of(part.getClass()).all()) {
        if (byName.put(method.name(), new BoundOp(method, part)) != null) {
          throw new IllegalStateException("Two objects have an op named `" + method.name() + "`.");
        }
      }
    }
  }

  BoundOp get(String name) {
    var op = byName.get(name);
    if (op == null) {
      throw OpMethods.unknown(name);
    }
    return op;
  }
}
