package dev.hearth.stdlib.proxmox.sim.base;

import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one lock of a world. Every call and every task holds it while it looks at or changes state,
 * so no two ever interleave except where one of them says so: at {@link #pause} and {@link
 * #outside}, which let go of it for a while.
 *
 * <p>It makes a thousand concurrent calls simple, and order the only thing that can differ between
 * two runs.
 */
public final class WorldLock {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Clock clock;

  public WorldLock(Clock clock) {
    this.clock = clock;
  }

  public Clock clock() {
    return clock;
  }

  /** Runs {@code body} as the only one in the world. */
  public <T> T holding(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code body} as the only one in the world. */
  public void holding(Runnable body) {
    lock.lock();
    try {
      body.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets time pass, and others act meanwhile. Call while holding the lock. A thread that is
   * interrupted, because its task was stopped or its world ended, dies as a Proxmox worker does.
   */
  public void pause(Duration duration) {
    int holds = release();
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      throw Refusal.die("interrupted by signal");
    } finally {
      reacquire(holds);
    }
  }

  /** Does something slow that needs no state, such as a download. Call while holding the lock. */
  public <T> T outside(Callable<T> work) throws Exception {
    int holds = release();
    try {
      return work.call();
    } finally {
      reacquire(holds);
    }
  }

  private int release() {
    int holds = lock.getHoldCount();
    if (holds == 0) {
      throw new IllegalStateException("Only who holds the world's lock can let go of it.");
    }
    for (int i = 0; i < holds; i++) {
      lock.unlock();
    }
    return holds;
  }

  private void reacquire(int holds) {
    for (int i = 0; i < holds; i++) {
      lock.lock();
    }
  }
}
