package dev.hearth.stdlib.archive;

import dev.hearth.runtime.effect.BlockFilter;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a tar on their way to the library that reads it. The library keeps whole headers in
 * memory, long names and all: here they are given an end. And it is seen whether the tar's own end
 * was there, or the bytes just stopped.
 */
final class TarBytes extends BlockFilter {
  private static final int BLOCK = 512;
  private static final long HEADERS_AT_FIRST = 8L << 20;
  private static final long HEADERS_MORE_EACH = 8L << 10;

  private final Source source;
  private final Quota quota;
  private long headersLeft = HEADERS_AT_FIRST;
  private boolean isInHeader;
  private int zeros;
  private boolean isEndSeen;
  private long count;

  TarBytes(InputStream decompressed, Source source, Quota quota) {
    super(decompressed);
    this.source = source;
    this.quota = quota;
  }

  void beginHeader() {
    isInHeader = true;
    zeros = 0;
    headersLeft += HEADERS_MORE_EACH;
  }

  void endHeader() {
    isInHeader = false;
  }

  /** Whether a block of zeros stood where a header would. */
  boolean isEndSeen() {
    return isEndSeen;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    var read = in.read(target, offset, length);
    if (read > 0) {
      passed(read);
      if (isInHeader) {
        headersLeft -= read;
        if (headersLeft < 0) {
          throw new IOException("The headers are larger than any real ones.");
        }
        lookForEnd(target, offset, read);
      }
    }
    return read;
  }

  private void lookForEnd(byte[] bytes, int offset, int length) {
    for (var i = offset; i < offset + length; i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      isEndSeen |= zeros >= BLOCK;
    }
  }

  @Override
  public long skip(long wanted) throws IOException {
    var skipped = in.skip(wanted);
    passed(skipped);
    return skipped;
  }

  private void passed(long more) {
    count += more;
    quota.requireRatio(count, source.count());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
