package dev.hearth.stdlib.kubernetes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may only be so large. */
final class CountedBody extends FilterInputStream {
  private long left;

  /** There is more than may come. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  CountedBody(InputStream body, long limitBytes) {
    super(body);
    this.left = limitBytes;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  private void count(int came) throws TooLarge {
    left -= came;
    if (left < 0) {
      throw new TooLarge();
    }
  }
}
