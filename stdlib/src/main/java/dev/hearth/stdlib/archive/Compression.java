package dev.hearth.stdlib.archive;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A way to make a stream of bytes shorter. */
enum Compression {
  NONE,
  GZIP,
  ZSTD;

  private static final int BUFFER = 1 << 16;

  /** How hard gzip and zip try, unless somebody says otherwise: as gzip itself. */
  static final int USUAL_LEVEL = 6;

  /** What others compressed, also in several parts one after the other. */
  InputStream reading(InputStream compressed) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new GZIPInputStream(compressed, BUFFER);
      case ZSTD -> new ZstdInputStream(compressed);
    };
  }

  /**
   * Compresses what is written. The result depends on nothing else: no time, no name.
   *
   * @param level 1 to 9, of gzip; zstd has one of its own
   */
  OutputStream writing(OutputStream compressed, int level) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new Gzip(compressed, level);
      case ZSTD -> new ZstdOutputStream(compressed);
    };
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream compressed, int level) throws IOException {
      super(compressed, BUFFER);
      def.setLevel(level);
    }
  }
}
