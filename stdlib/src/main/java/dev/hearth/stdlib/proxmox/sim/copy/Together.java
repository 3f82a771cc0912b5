package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many questions at the same time; how many really are, the connection knows. */
final class Together {
  private Together() {}

  /** What becomes of each, in order; fails as the first one of them that fails. */
  static <T, R> List<R> map(List<T> all, Function<T, R> each) {
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<R>>();
      all.forEach(one -> futures.add(workers.submit(() -> each.apply(one))));
      try {
        var results = new ArrayList<R>();
        for (var future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw e.getCause() instanceof HearthException deliberate
            ? deliberate
            : new IllegalStateException("A question broke.", e.getCause());
      } catch (InterruptedException e) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Nobody interrupts the reading of a world.", e);
      }
    }
  }
}
