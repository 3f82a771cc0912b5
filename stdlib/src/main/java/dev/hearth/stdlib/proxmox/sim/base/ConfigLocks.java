package dev.hearth.stdlib.proxmox.sim.base;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Proxmox's lock files, such as {@code /var/lock/qemu-server/lock-100.conf}: one holder at a time,
 * whoever waits gives up after a while.
 */
public final class ConfigLocks {
  private static final Duration RETRY = Duration.ofMillis(10);

  private final WorldLock world;
  private final Map<String, Thread> held = new HashMap<>();

  public ConfigLocks(WorldLock world) {
    this.world = world;
  }

  /**
   * Runs {@code body} while holding {@code file}. Waits up to ten seconds for it, as Proxmox does
   * for a guest's configuration. Call while holding the world's lock.
   */
  public <T> T hold(String file, Supplier<T> body) {
    return hold(file, Duration.ofSeconds(10), body);
  }

  /** Like {@link #hold(String, Supplier)} with a patience of one's own, by the world's clock. */
  public <T> T hold(String file, Duration patience, Supplier<T> body) {
    return hold(file, patience, line -> {}, body);
  }

  /**
   * The same, telling of it.
   *
   * @param log what is told when the lock is not there at once
   */
  public <T> T hold(String file, Duration patience, Consumer<String> log, Supplier<T> body) {
    var self = Thread.currentThread();
    if (held.get(file) == self) {
      return body.get(); // as in Proxmox, whoever has a lock may take it again
    }
    var clock = world.clock();
    long start = clock.nanoTime();
    boolean isTaken = held.containsKey(file);
    if (isTaken) {
      log.accept("trying to acquire lock...");
    }
    while (held.containsKey(file)) {
      if (clock.nanoTime() - start >= patience.toNanos()) {
        throw Refusal.die("can't lock file '" + file + "' - got timeout");
      }
      world.pause(RETRY);
    }
    if (isTaken) {
      log.accept(" OK");
    }
    held.put(file, self);
    try {
      return body.get();
    } finally {
      held.remove(file);
    }
  }

  /** Whether somebody holds {@code file} right now. */
  public boolean isHeld(String file) {
    return held.containsKey(file);
  }
}
