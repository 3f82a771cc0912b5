package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is read. What the libraries below say about it, in whatever way, becomes the
 * error that it is damaged; and no more comes out of it than the quota says.
 */
final class OpenArchive implements AutoCloseable {
  private final String shown;
  private final ArchiveReader reader;
  private final Quota quota;
  private final byte[] chunk = new byte[1 << 16];

  private OpenArchive(String shown, ArchiveReader reader, Quota quota) {
    this.shown = shown;
    this.reader = reader;
    this.quota = quota;
  }

  /** What makes a reader; it may find at once that there is nothing to read. */
  @FunctionalInterface
  interface Opening {
    ArchiveReader open() throws IOException;
  }

  /**
   * Opens an archive.
   *
   * @param shown what messages call it
   */
  static OpenArchive of(String shown, Quota quota, Opening opening) {
    return new OpenArchive(shown, guarded(shown, opening::open), quota);
  }

  /** What messages call it. */
  String shown() {
    return shown;
  }

  /** The next entry; {@code null} behind the last. */
  @Nullable Entry next() {
    var entry = guarded(shown, () -> Optional.ofNullable(reader.next()));
    if (entry.isPresent()) {
      quota.countEntry();
    }
    return entry.orElse(null);
  }

  /** Writes the content of the last entry, a file; what {@code output} throws is the caller's. */
  void copyTo(OutputStream output) throws IOException {
    try (var content = guarded(shown, reader::content)) {
      for (var length = read(content); length >= 0; length = read(content)) {
        quota.countBytes(length, reader.consumed());
        output.write(chunk, 0, length);
      }
    }
  }

  private int read(InputStream content) {
    return guarded(shown, () -> content.read(chunk));
  }

  /** How much came out of the entries so far. */
  long bytes() {
    return quota.bytes();
  }

  /** Counts what is made of an entry once more. */
  void countCopy(long bytes) {
    quota.countBytes(bytes, Long.MAX_VALUE);
  }

  HearthException error(ArchiveError code, Entry entry) {
    return new HearthException(code, shown, VisibleText.of(entry.name()));
  }

  HearthException error(ArchiveError code, Entry entry, String third) {
    return new HearthException(code, shown, VisibleText.of(entry.name()), VisibleText.of(third));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw Source.failure(shown, e);
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T perform() throws IOException;
  }

  // The formats' readers meet what strangers wrote, and throw what they happen to.
  private static <T> T guarded(String shown, Step<T> step) {
    try {
      return step.perform();
    } catch (HearthException e) {
      throw e;
    } catch (ClosedByInterruptException e) {
      throw Source.failure(shown, e);
    } catch (IOException | RuntimeException e) {
      var reason = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
      throw new HearthException(ArchiveError.DAMAGED, shown)
          .with("reason", VisibleText.of(reason))
          .causedBy(e);
    }
  }
}
