package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in blocks, of which a single byte is the smallest. */
public abstract class BlockInput extends InputStream {
  @Override
  public final int read() throws IOException {
    return single(this);
  }

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  /** A block of one byte, as streams tell of one. */
  static int single(InputStream input) throws IOException {
    var one = new byte[1];
    return input.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
