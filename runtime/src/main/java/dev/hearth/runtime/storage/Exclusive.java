package dev.hearth.runtime.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Changes a file of Hearth's own while no other thread and no other Hearth can. */
public final class Exclusive {
  /** A lock on a file keeps other processes out, not other threads of this one. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private Exclusive() {}

  /** What is done meanwhile. */
  @FunctionalInterface
  public interface Change {
    void apply() throws IOException;
  }

  /** Makes the file's folder if there is none. */
  public static void holding(Path path, Change change) throws IOException {
    holdingThreads(
        () -> {
          var folder = new PrivateFolder(path.resolveSibling("")).create();
          try (var lockFile = openLock(folder, path)) {
            var _ = lockFile.lock(); // until the channel is closed
            change.apply();
          }
        });
  }

  /** Where a lock file would lie in other people's folders. */
  static void holdingThreads(Change change) throws IOException {
    THREADS.lock();
    try {
      change.apply();
    } finally {
      THREADS.unlock();
    }
  }

  private static FileChannel openLock(PrivateFolder folder, Path path) throws IOException {
    return FileChannel.open(
        folder.path().resolve("." + path.getFileName() + ".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PrivateFolder.FILE_MODE);
  }

  /** Puts a file with mode 0600 in place of the one of that name, whole or not at all. */
  static void replace(Path path, byte[] content) throws IOException {
    // People link their settings into other folders: the link stays, its target is replaced.
    var target = Files.exists(path) ? path.toRealPath() : path;
    var folder = new PrivateFolder(target.resolveSibling(""));
    var fresh = Files.createTempFile(folder.path(), ".hearth-", ".new", PrivateFolder.FILE_MODE);
    try {
      write(fresh, content);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    folder.force();
  }

  /** Puts a zero in place of each byte. */
  static void overwrite(Path file) throws IOException {
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var zeros = ByteBuffer.allocate(Math.toIntExact(out.size()));
      while (zeros.hasRemaining()) {
        out.write(zeros);
      }
      out.force(true);
    }
  }

  /** Writes over a file that exists, down to the disk. */
  static void write(Path file, byte[] content) throws IOException {
    var bytes = ByteBuffer.wrap(content);
    try (var out =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }
}
