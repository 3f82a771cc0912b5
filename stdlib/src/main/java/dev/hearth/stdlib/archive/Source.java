package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;

/**
 * The bytes of an archive, counted. Its own failures are those of the system, so that all others
 * are those of the archive.
 */
final class Source extends FilterInputStream {
  private final String archive;
  private long count;

  Source(String archive, InputStream input) {
    super(input);
    this.archive = archive;
  }

  long count() {
    return count;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (Thread.currentThread().isInterrupted()) {
      throw new HearthException(FileError.INTERRUPTED, VisibleText.of(archive));
    }
    try {
      var read = in.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    } catch (IOException e) {
      throw failure(archive, e);
    }
  }

  @Override
  public long skip(long wanted) {
    try {
      var skipped = in.skip(wanted);
      count += skipped;
      return skipped;
    } catch (IOException e) {
      throw failure(archive, e);
    }
  }

  /** What a failure of the system means for who asked. */
  static HearthException failure(String path, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new HearthException(FileError.INTERRUPTED, VisibleText.of(path)).causedBy(e);
    }
    var reason = Objects.requireNonNullElse(e.getMessage(), "the system refused");
    return new HearthException(FileError.FAILED, VisibleText.of(path), VisibleText.of(reason))
        .causedBy(e);
  }
}
