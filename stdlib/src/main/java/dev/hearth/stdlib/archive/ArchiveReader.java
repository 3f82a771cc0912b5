package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells one entry after the other. Whatever it throws but a {@link
 * dev.hearth.runtime.HearthException} says that the archive is damaged; {@link OpenArchive} does.
 */
interface ArchiveReader extends AutoCloseable {
  /** The next entry; {@code null} behind the last, when nothing was found to be missing. */
  @Nullable Entry next() throws IOException;

  /** The content of the last entry, a file; read at most once. */
  InputStream content() throws IOException;

  /** How much of the archive was read so far. */
  long consumed();

  @Override
  void close() throws IOException;
}
