package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that a thread of its own reads ahead of whoever reads it, by 64 KiB at most. What comes
 * in many small pieces, such as the chunks of HTTP that servers send for each line of a log, is
 * then taken at once, and {@link #available} tells of all that is here.
 */
public final class ReadAhead extends BlockInput {
  private static final int CHUNK = 16 * 1024;

  private final Pipe pipe = new Pipe();

  /**
   * Begins to read.
   *
   * @param source whoever closes it ends this, too
   */
  public ReadAhead(InputStream source) {
    Thread.ofVirtual().name("read ahead").start(() -> readAll(source));
  }

  private void readAll(InputStream source) {
    var chunk = new byte[CHUNK];
    try {
      for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
        pipe.write(chunk, 0, count);
      }
      pipe.end();
    } catch (IOException | RuntimeException e) {
      pipe.breakWith(e); // whoever still reads hears of it
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return pipe.read(target, offset, length);
  }

  @Override
  public int available() {
    return pipe.available();
  }

  /** Reads no further; the source is its owner's to close. */
  @Override
  public void close() {
    pipe.abandon();
  }
}
