package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One thing at a time for one name, within this run: the way back waits until work that was cut off
 * has let go.
 */
final class NamedLocks {
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  <T> T alone(String name, Supplier<T> work) {
    var lock = locks.computeIfAbsent(name, key -> new ReentrantLock());
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(ProxmoxError.INTERRUPTED, name).causedBy(e);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  void alone(String name, Runnable work) {
    alone(
        name,
        () -> {
          work.run();
          return true;
        });
  }
}
