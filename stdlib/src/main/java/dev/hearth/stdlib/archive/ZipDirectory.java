package dev.hearth.stdlib.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * How many entries the directory of a zip has: counted, and not what it says, since the library
 * that reads it keeps all of them in memory.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int END_64_SIZE = 56;
  private static final int HEADER = 0x02014b50;
  private static final int HEADER_SIZE = 46;

  private final SeekableByteChannel channel;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;

  private ZipDirectory(SeekableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Counts the entries, up to one more than {@code most}.
   *
   * @throws IOException also when there is no directory
   */
  static long countEntries(SeekableByteChannel channel, long most) throws IOException {
    return new ZipDirectory(channel).count(most);
  }

  private long count(long most) throws IOException {
    var at = begin();
    long count = 0;
    while (count <= most && has(at, HEADER_SIZE) && intAt(at) == HEADER) {
      count++;
      at += HEADER_SIZE + shortAt(at + 28) + shortAt(at + 30) + shortAt(at + 32);
    }
    return count;
  }

  private long begin() throws IOException {
    var end = end();
    var locator = end - LOCATOR_SIZE;
    if (locator >= 0 && intAt(locator) == LOCATOR) {
      var end64 = longAt(locator + 8);
      if (end64 >= 0 && has(end64, END_64_SIZE)) {
        return Math.max(0, longAt(end64 + 48));
      }
    }
    return intAt(end + 16) & 0xffffffffL;
  }

  private long end() throws IOException {
    var last = channel.size() - END_SIZE;
    for (var at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (intAt(at) == END) {
        return at;
      }
    }
    throw new IOException("It has no directory.");
  }

  private int shortAt(long at) throws IOException {
    return at(at, 2).getShort((int) (at - windowAt)) & 0xffff;
  }

  private int intAt(long at) throws IOException {
    return at(at, 4).getInt((int) (at - windowAt));
  }

  private long longAt(long at) throws IOException {
    return at(at, 8).getLong((int) (at - windowAt));
  }

  private boolean has(long at, int length) throws IOException {
    return at <= channel.size() - length;
  }

  /** The window, moved so that it has what is asked for. */
  private ByteBuffer at(long at, int length) throws IOException {
    if (at < windowAt || at + length > windowAt + window.limit()) {
      // In the middle of it, as the end is looked for backwards and the entries forwards.
      windowAt = Math.max(0, at - (1 << 15));
      window = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
      channel.position(windowAt);
      while (window.hasRemaining() && channel.read(window) >= 0) {
        // Until it is full or the file ends.
      }
      window.flip();
    }
    if (at + length > windowAt + window.limit()) {
      throw new IOException("It ends within its directory.");
    }
    return window;
  }
}
