package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How far back a zstd frame refers (RFC 8878, section 3.1.1.1), which must be kept in memory. */
final class ZstdWindow {
  /**
   * As far as the library goes, and as {@code zstd} goes without {@code --ultra} or {@code --long}.
   */
  private static final long WIDEST = 8L << 20;

  private static final int MAGIC_SIZE = 4;
  private static final int SINGLE_SEGMENT = 0x20;
  private static final int[] DICTIONARY_SIZES = {0, 1, 2, 4};

  private ZstdWindow() {}

  /** Fails when the first frame refers further back than can be read. */
  static void requireReadable(String shown, byte[] beginning) {
    if (beginning.length > 18 && width(ByteBuffer.wrap(beginning)) > WIDEST) {
      throw new HearthException(
          ArchiveError.UNSUPPORTED, shown, "a zstd window of more than 8 MiB");
    }
  }

  private static long width(ByteBuffer frame) {
    frame.order(ByteOrder.LITTLE_ENDIAN);
    int descriptor = frame.get(MAGIC_SIZE) & 0xff;
    if ((descriptor & SINGLE_SEGMENT) == 0) {
      int window = frame.get(MAGIC_SIZE + 1) & 0xff;
      long base = 1L << (10 + (window >> 3));
      return base + base / 8 * (window & 7);
    }
    // One segment: the window is all of the content, whose length stands behind the dictionary's
    // id.
    int at = MAGIC_SIZE + 1 + DICTIONARY_SIZES[descriptor & 3];
    return switch (descriptor >> 6) {
      case 0 -> frame.get(at) & 0xff;
      case 1 -> (frame.getShort(at) & 0xffff) + 256;
      case 2 -> frame.getInt(at) & 0xffffffffL;
      default -> Math.max(0, frame.getLong(at));
    };
  }
}
