package dev.hearth.stdlib.proxmox;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * The ids that this process is about to use: a server proposes the same one to all who ask before
 * the first of them has made something of it.
 */
final class Vmids {
  private final Set<Long> reserved = new HashSet<>();

  /**
   * An id for nobody else in this process.
   *
   * @param proposed what the server proposes
   * @param isFree whether the server has nothing of an id; asked of those above what it proposes
   */
  synchronized Reserved reserve(LongSupplier proposed, LongPredicate isFree) {
    long first = proposed.getAsLong();
    long id = first;
    while (reserved.contains(id) || (id != first && !isFree.test(id))) {
      id++;
    }
    reserved.add(id);
    return new Reserved(id);
  }

  /** An id until it is used, or is not needed any more. */
  final class Reserved implements AutoCloseable {
    private final long id;
    private boolean isKept;

    private Reserved(long id) {
      this.id = id;
    }

    long id() {
      return id;
    }

    /** Keeps it from all others as long as this process lives. */
    void keep() {
      isKept = true;
    }

    @Override
    public void close() {
      if (!isKept) {
        synchronized (Vmids.this) {
          reserved.remove(id);
        }
      }
    }
  }
}
