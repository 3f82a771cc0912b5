package dev.hearth.runtime.spi;

import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.Writer;

/**
 * How a stop reaches a pure operation that computes for long. It is computed on the run's own
 * thread, which a stop interrupts; what reads or writes through this class ends then.
 */
public final class Interruption {
  private static final int CHUNK = 8 * 1024;

  private Interruption() {}

  /**
   * Ends what is going on if the run was stopped; for loops.
   *
   * @throws InterruptedIOException since what computes here reads or writes
   */
  public static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("The run was stopped.");
    }
  }

  /** A text as a reader that a stop ends. */
  public static Reader reader(String text) {
    return new TextReader(text);
  }

  /** A writer into {@code text} that a stop ends. */
  public static Writer writer(StringBuilder text) {
    return new TextWriter(text);
  }

  private static final class TextReader extends Reader {
    private final String text;
    private int at;

    TextReader(String text) {
      this.text = text;
    }

    @Override
    public int read(char[] target, int offset, int length) throws InterruptedIOException {
      check();
      int count = Math.min(Math.min(length, CHUNK), text.length() - at);
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      text.getChars(at, at + count, target, offset);
      at += count;
      return count;
    }

    @Override
    public void close() {}
  }

  private static final class TextWriter extends Writer {
    private final StringBuilder text;
    private int checked;

    TextWriter(StringBuilder text) {
      this.text = text;
    }

    @Override
    public void write(char[] source, int offset, int length) throws InterruptedIOException {
      text.append(source, offset, length);
      checkNowAndThen();
    }

    @Override
    public void write(String source, int offset, int length) throws InterruptedIOException {
      text.append(source, offset, offset + length);
      checkNowAndThen();
    }

    @Override
    public void write(int c) throws InterruptedIOException {
      text.append((char) c);
      checkNowAndThen();
    }

    private void checkNowAndThen() throws InterruptedIOException {
      if (text.length() - checked >= CHUNK) {
        checked = text.length();
        check();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
