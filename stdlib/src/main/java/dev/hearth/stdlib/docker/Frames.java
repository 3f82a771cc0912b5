package dev.hearth.stdlib.docker;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a container writes, as the engine sends it: in frames that say which output each piece is
 * of, or, where the container has a terminal, as it is.
 */
final class Frames {
  private static final int HEADER = 8;

  private final InputStream input;
  private final boolean isRaw;
  private final byte[] chunk;
  private final byte[] header = new byte[HEADER];
  private long left; // of the open frame
  private boolean isError;

  Frames(InputStream input, boolean isRaw, int chunkBytes) {
    this.input = input;
    this.isRaw = isRaw;
    this.chunk = new byte[chunkBytes];
  }

  /** A piece, which is good until the next one is read. */
  static final class Piece {
    private final boolean isError;
    private final byte[] bytes;
    private final int length;

    private Piece(boolean isError, byte[] bytes, int length) {
      this.isError = isError;
      this.bytes = bytes;
      this.length = length;
    }

    /** Whether it was written to stderr. */
    boolean isError() {
      return isError;
    }

    /** It is at the beginning of these. */
    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }
  }

  /** The next piece; null at the end. */
  @Nullable Piece next() throws IOException {
    if (isRaw) {
      int read = input.read(chunk);
      return read < 0 ? null : new Piece(false, chunk, read);
    }
    while (left == 0) {
      if (!readHeader()) {
        return null;
      }
    }
    int read = input.read(chunk, 0, (int) Math.min(left, chunk.length));
    if (read < 0) {
      throw new IOException("The stream ends within a frame.");
    }
    left -= read;
    return new Piece(isError, chunk, read);
  }

  /** Whether there is another piece that nobody has to wait for. */
  boolean isNextHere() throws IOException {
    return input.available() > (isRaw || left > 0 ? 0 : HEADER);
  }

  private boolean readHeader() throws IOException {
    int read = input.readNBytes(header, 0, HEADER);
    if (read == 0) {
      return false;
    }
    if (read < HEADER || header[0] < 0 || header[0] > 3 || header[1] != 0) {
      throw new IOException("What comes is no frame.");
    }
    isError = header[0] >= 2; // 3 is what the engine itself complains of
    left =
        (header[4] & 0xffL) << 24
            | (header[5] & 0xffL) << 16
            | (header[6] & 0xffL) << 8
            | (header[7] & 0xffL);
    return true;
  }
}
