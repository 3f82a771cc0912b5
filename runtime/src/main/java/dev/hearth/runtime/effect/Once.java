package dev.hearth.runtime.effect;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made when it is first asked for, and once, from whatever threads. */
public final class Once<T> implements Supplier<T> {
  private final Supplier<T> making;
  private @Nullable T made; // guarded by this

  /** What {@code making} makes; when that fails it is asked again the next time. */
  public Once(Supplier<T> making) {
    this.making = making;
  }

  @Override
  public synchronized T get() {
    var known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }
}
