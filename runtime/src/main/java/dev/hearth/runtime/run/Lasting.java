package dev.hearth.runtime.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What bindings keep for as long as a run goes on, one of each kind. */
final class Lasting implements AutoCloseable {
  private final Map<Class<?>, AutoCloseable> kept = new LinkedHashMap<>();
  private boolean closed;

  synchronized <T extends AutoCloseable> T get(Class<T> type, Supplier<T> maker) {
    if (closed) {
      throw new IllegalStateException("The run is over.");
    }
    return type.cast(kept.computeIfAbsent(type, _ -> maker.get()));
  }

  /** Closes all of it, the last first. */
  @Override
  public synchronized void close() {
    closed = true;
    var all = List.copyOf(kept.values());
    kept.clear();
    closeAll(all);
  }

  /** Closes these, the last first; one that fails does not keep the others open. */
  static void closeAll(Collection<? extends AutoCloseable> resources) {
    IllegalStateException failure = null;
    for (var resource : new ArrayList<AutoCloseable>(resources).reversed()) {
      failure = closed(resource, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable IllegalStateException closed(
      AutoCloseable resource, @Nullable IllegalStateException before) {
    try {
      resource.close();
      return before;
    } catch (Exception e) {
      var failure =
          before == null
              ? new IllegalStateException("What a binding kept could not be closed.")
              : before;
      failure.addSuppressed(e);
      return failure;
    }
  }
}
