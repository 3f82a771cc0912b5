package dev.hearth.runtime.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

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

  @Override
  public synchronized void close() {
    closed = true;
    kept.values().forEach(Lasting::close);
    kept.clear();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("What a binding kept could not be closed.", e);
    }
  }
}
