package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** Writes one entry after the other. */
interface ArchiveWriter {
  /**
   * What is written about an entry.
   *
   * @param name with slashes
   * @param mode nine bits
   */
  record Head(String name, int mode, Instant modified) {}

  void folder(Head head) throws IOException;

  void link(Head head, String target) throws IOException;

  /**
   * A file.
   *
   * @param content exactly as many bytes
   */
  void file(Head head, long sizeBytes, InputStream content) throws IOException;

  /** Writes what stands at the end; the stream below stays open. */
  void finish() throws IOException;
}
