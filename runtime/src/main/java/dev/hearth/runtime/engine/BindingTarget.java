package dev.hearth.runtime.engine;

import org.jspecify.annotations.Nullable;

/** One binding with one connection, opened at its first operation. */
public final class BindingTarget implements OpTarget {
  private final String binding;
  private final Opener opener;
  private @Nullable Bound bound;

  /** Resolves the connection and opens the binding; may fail, and is then tried again. */
  @FunctionalInterface
  public interface Opener {
    Opened open();
  }

  /**
   * An opened binding.
   *
   * @param ops the object with the ops, or the {@link dev.hearth.runtime.spi.OpParts} that have
   *     them
   * @param intent checks whether the recipe may read ({@code false}) or change ({@code true})
   */
  public record Opened(Object ops, Intent intent) {}

  private record Bound(BoundOps ops, Intent intent) {}

  /** Throws when the recipe was not granted what the op needs. */
  @FunctionalInterface
  public interface Intent {
    void check(boolean writes, String op);
  }

  public BindingTarget(String binding, Opener opener) {
    this.binding = binding;
    this.opener = opener;
  }

  @Override
  public String binding() {
    return binding;
  }

  @Override
  public Prepared prepare(String op, @Nullable String argumentJson, byte @Nullable [] bytes) {
    var target = bound;
    if (target == null) {
      var opened = opener.open();
      target = new Bound(new BoundOps(opened.ops()), opened.intent());
      bound = target;
    }
    var found = target.ops().get(op);
    var argument = found.method().decode(binding, argumentJson);
    target.intent().check(found.method().writes(), op);
    return () -> found.method().invoke(found.owner(), argument, bytes);
  }
}
