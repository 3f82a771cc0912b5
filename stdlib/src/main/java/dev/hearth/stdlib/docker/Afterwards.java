package dev.hearth.stdlib.docker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What is put in order after work, however that ended. A run that is stopped interrupts the work
 * and not this, and is not over before it is done.
 */
final class Afterwards implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** Who works reads; who ends the run writes. */
  private final ReadWriteLock working = new ReentrantReadWriteLock();

  /** What {@code work} gives, once {@code order} has been made. */
  <T> T of(Supplier<T> work, Runnable order) {
    working.readLock().lock();
    try {
      T result;
      try {
        result = work.get();
      } catch (RuntimeException e) {
        inPeace(order, e);
        throw e;
      }
      inPeace(order);
      return result;
    } finally {
      working.readLock().unlock();
    }
  }

  /** What {@code work} gives; where it fails, {@code mending} is done first. */
  <T> T orElse(Supplier<T> work, Runnable mending) {
    working.readLock().lock();
    try {
      return work.get();
    } catch (RuntimeException e) {
      inPeace(mending, e);
      throw e;
    } finally {
      working.readLock().unlock();
    }
  }

  /** The same, of work that gives nothing. */
  void orElse(Runnable work, Runnable mending) {
    orElse(
        () -> {
          work.run();
          return true;
        },
        mending);
  }

  /** Why it was needed counts more than that it failed. */
  private static void inPeace(Runnable order, RuntimeException because) {
    try {
      inPeace(order);
    } catch (RuntimeException e) {
      because.addSuppressed(e);
    }
  }

  /** Without being interrupted by what came before. */
  static void inPeace(Runnable order) {
    var wasInterrupted = Thread.interrupted();
    try {
      order.run();
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for those who put something in order; a second Ctrl-C does not. */
  @Override
  public void close() {
    try {
      if (working.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        working.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
