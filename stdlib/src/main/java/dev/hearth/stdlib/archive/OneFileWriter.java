package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses one file, and nothing else is known of it. */
final class OneFileWriter implements ArchiveWriter {
  private final OutputStream compressed;

  OneFileWriter(OutputStream output, Compression compression, int level) throws IOException {
    compressed = compression.writing(output, level);
  }

  @Override
  public void folder(Head head) {
    throw new IllegalStateException("Packing looked before what is packed.");
  }

  @Override
  public void link(Head head, String target) {
    throw new IllegalStateException("Packing looked before what is packed.");
  }

  @Override
  public void file(Head head, long sizeBytes, InputStream content) throws IOException {
    content.transferTo(compressed);
  }

  @Override
  public void finish() throws IOException {
    compressed.close();
  }
}
