package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where recipes give more input to commands that run. An inlet is made first, then a command that
 * has it; what is given before the command runs waits for it.
 */
final class Inlets {
  private final Map<String, CompletableFuture<Execution>> open = new ConcurrentHashMap<>();

  /** A new one, by its name. */
  String make() {
    var name = UUID.randomUUID().toString();
    open.put(name, new CompletableFuture<>());
    return name;
  }

  /** The command that has it runs. */
  void connect(@Nullable String name, Execution execution) {
    var inlet = name == null ? null : open.get(name);
    if (inlet != null) {
      inlet.complete(execution);
    }
  }

  /** The command that has it is over, or never ran. */
  void end(@Nullable String name) {
    var inlet = name == null ? null : open.remove(name);
    if (inlet != null) {
      inlet.cancel(false);
    }
  }

  /** Has the command do something; false when it is over. */
  boolean reach(String name, Predicate<Execution> action) {
    var inlet = open.get(name);
    if (inlet == null) {
      return false;
    }
    try {
      return action.test(inlet.get());
    } catch (java.util.concurrent.CancellationException | ExecutionException e) {
      return false; // it never ran, which who started it is told
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "a command to read").causedBy(e);
    }
  }
}
