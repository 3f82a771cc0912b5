package dev.hearth.runtime.storage;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Something that one thread of one process does at a time, for a folder of Hearth's own. The lock
 * is the system's, so that it ends with its process, however that ends.
 */
public final class Exclusive {
  /** A lock on a file keeps other processes out, not other threads of this one. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private Exclusive() {}

  /**
   * Does {@code work} while nobody else does any under the same name in this folder.
   *
   * @param name of the lock's file, which stays
   */
  public static <T> T in(PrivateFolder folder, String name, Supplier<T> work) {
    THREADS.lock();
    try (var file =
        FileChannel.open(
            folder.create().path().resolve(name),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFolder.FILE_MODE)) {
      var _ = file.lock(); // until the channel is closed
      return work.get();
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, folder.path().resolve(name))
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    } finally {
      THREADS.unlock();
    }
  }
}
