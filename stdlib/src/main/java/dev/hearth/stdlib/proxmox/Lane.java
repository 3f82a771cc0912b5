package dev.hearth.stdlib.proxmox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way to one thing that locks itself: a storage, a guest. As many calls pass at once as it has
 * shown to bear; the others wait in the order in which they came.
 *
 * <p>It becomes half as wide when somebody lost the fight for a lock, and wider by one when as many
 * as it takes have passed without one. It grows to where it was lost last only after a long calm.
 */
final class Lane {
  /** How often the whole width must pass before it is tried once more where it was lost. */
  private static final int CALM = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Condition> waiting = new ArrayDeque<>();
  private final int most;
  private int width;
  private int inside;
  private int passed;
  private int lostAt = Integer.MAX_VALUE;

  /**
   * A lane.
   *
   * @param width how many pass at once, at first
   * @param most how many will ever
   */
  Lane(int width, int most) {
    this.width = width;
    this.most = most;
  }

  /**
   * Waits for one's turn; whoever comes back from a lost fight goes before the others.
   *
   * @return whether it had to be waited for
   */
  boolean enter(boolean again) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (inside < width && waiting.isEmpty()) {
        inside++;
        return false;
      }
      var turn = lock.newCondition();
      if (again) {
        waiting.addFirst(turn);
      } else {
        waiting.addLast(turn);
      }
      try {
        while (waiting.contains(turn)) {
          turn.await();
        }
      } catch (InterruptedException e) {
        if (!waiting.remove(turn)) {
          leave(); // it was given to us already
        }
        throw e;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Makes room for the next. */
  void leave() {
    lock.lock();
    try {
      inside--;
      admit();
    } finally {
      lock.unlock();
    }
  }

  private void admit() {
    while (inside < width && !waiting.isEmpty()) {
      inside++;
      waiting.removeFirst().signal(); // who is taken off the queue is inside
    }
  }

  /** Somebody who passed lost the fight for a lock. */
  void contended() {
    lock.lock();
    try {
      lostAt = Math.min(lostAt, Math.max(2, inside));
      width = Math.max(1, Math.min(width, inside) / 2);
      passed = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody passed well. */
  void passed() {
    lock.lock();
    try {
      passed++;
      boolean isNextLost = width + 1 >= lostAt;
      if (width < most && passed >= (isNextLost ? width * CALM : width)) {
        passed = 0;
        width++;
        if (isNextLost) {
          lostAt = Integer.MAX_VALUE;
        }
        admit();
      }
    } finally {
      lock.unlock();
    }
  }

  int width() {
    lock.lock();
    try {
      return width;
    } finally {
      lock.unlock();
    }
  }
}
