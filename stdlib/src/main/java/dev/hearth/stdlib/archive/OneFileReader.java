package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One compressed file, as if it were the only entry of an archive. */
final class OneFileReader implements ArchiveReader {
  private static final int USUAL_MODE = 0644;

  private final Source source;
  private final InputStream content;
  private final String name;
  private final Instant modified;
  private boolean isTold;

  /**
   * Begins to read.
   *
   * @param name what the file is called when it is decompressed
   * @param modified when the compressed one was
   */
  OneFileReader(Source source, Compression compression, String name, Instant modified)
      throws IOException {
    this.source = source;
    this.content = compression.reading(source);
    this.name = name;
    this.modified = modified;
  }

  @Override
  public @Nullable Entry next() {
    if (isTold) {
      return null;
    }
    isTold = true;
    return new Entry(name, Entry.Type.FILE, -1, USUAL_MODE, modified, "");
  }

  @Override
  public InputStream content() {
    return content;
  }

  @Override
  public long consumed() {
    return source.count();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
