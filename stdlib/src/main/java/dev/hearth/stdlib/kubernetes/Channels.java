package dev.hearth.stdlib.kubernetes;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a command in a container, over one connection. A slow reader slows all of them.
 * One thread may read while others write.
 */
interface Channels extends AutoCloseable {
  int STDIN = 0;
  int STDOUT = 1;
  int STDERR = 2;
  int STATUS = 3;
  int RESIZE = 4;

  /** What came on one of them. */
  final class Piece {
    private final int channel;
    private final byte[] bytes;

    Piece(int channel, byte[] bytes) {
      this.channel = channel;
      this.bytes = bytes;
    }

    int channel() {
      return channel;
    }

    /** The bytes themselves, no copy: they are the receiver's. */
    byte[] bytes() {
      return bytes;
    }
  }

  /** Waits for more; null when nothing can come any more. */
  @Nullable Piece read() throws IOException;

  void write(int channel, byte[] bytes) throws IOException;

  /** Says that nothing more will be written: who reads it sees its end. */
  void end(int channel) throws IOException;

  @Override
  void close();
}
