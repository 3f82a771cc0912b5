package dev.hearth.runtime.effect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream over another one that sees all that is read, as blocks. */
public abstract class BlockFilter extends FilterInputStream {
  /** Over a stream, which is closed with this one. */
  protected BlockFilter(InputStream below) {
    super(below);
  }

  @Override
  public final int read() throws IOException {
    return BlockInput.single(this);
  }

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;
}
