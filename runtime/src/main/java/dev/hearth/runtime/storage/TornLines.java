package dev.hearth.runtime.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads a file of lines whose writer may have died half-way, or may still be writing; where it is
 * gone, what {@link Compressed} made of it. Lines are bytes: whether they are text is for the
 * caller to find out.
 */
public final class TornLines {
  /** Longer lines are cut to this; Hearth writes none. */
  public static final int LONGEST = 32 << 20;

  private static final int BLOCK = 8 << 10;

  private final Path file;

  public TornLines(Path file) {
    this.file = file;
  }

  /**
   * One line.
   *
   * @param number counted from 1; 0 when it was read from the end
   * @param text without the line's end
   * @param complete whether the line has an end and was not cut
   * @param bytes how many it has in the file, its end included; 0 when it was read from the end
   */
  @SuppressWarnings("ArrayRecordComponent") // made, read and forgotten; never compared
  public record Line(int number, byte[] text, boolean complete, long bytes) {}

  /** What takes the lines. */
  @FunctionalInterface
  public interface Reader {
    void line(Line line);
  }

  /**
   * Hands over all lines in order.
   *
   * @return how many bytes they have
   */
  public long forEach(Reader reader) throws IOException {
    long bytes = 0;
    try (var in = new BufferedInputStream(Compressed.open(file), 8 * BLOCK)) {
      for (int number = 1; ; number++) {
        var line = next(in, number);
        if (line.isEmpty()) {
          return bytes;
        }
        bytes += line.get().bytes();
        reader.line(line.get());
      }
    }
  }

  /** The first line; empty when there is none. */
  public Optional<Line> first() throws IOException {
    try (var in = new BufferedInputStream(Compressed.open(file), BLOCK)) {
      return next(in, 1);
    }
  }

  private static Optional<Line> next(BufferedInputStream in, int number) throws IOException {
    var text = new ByteArrayOutputStream(256);
    var cut = false;
    long bytes = 0;
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      bytes++;
      if (text.size() < LONGEST) {
        text.write(next);
      } else {
        cut = true;
      }
    }
    return Optional.of(
        new Line(
            number, text.toByteArray(), next == '\n' && !cut, next == '\n' ? bytes + 1 : bytes));
  }

  /** The last line, read from the end without touching the rest; empty when there is none. */
  public Optional<Line> last() throws IOException {
    if (!Files.exists(file)) {
      return lastOfAll();
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var length = in.length();
      if (length == 0) {
        return Optional.empty();
      }
      for (int size = BLOCK; ; size *= 4) {
        var tail = tail(in, length, size);
        var complete = tail[tail.length - 1] == '\n';
        var end = complete ? tail.length - 1 : tail.length;
        var start = lastLineStart(tail, end);
        if (start > 0 || tail.length == length || size > LONGEST) {
          var text = java.util.Arrays.copyOfRange(tail, start, end);
          return Optional.of(new Line(0, text, complete, 0));
        }
      }
    }
  }

  /** What is compressed can be read from its begin only. */
  private Optional<Line> lastOfAll() throws IOException {
    var last = new AtomicReference<Optional<Line>>(Optional.empty());
    forEach(line -> last.set(Optional.of(line)));
    return Objects.requireNonNull(last.get());
  }

  private static byte[] tail(RandomAccessFile in, long length, int size) throws IOException {
    var tail = new byte[(int) Math.min(size, length)];
    in.seek(length - tail.length);
    in.readFully(tail);
    return tail;
  }

  private static int lastLineStart(byte[] tail, int end) {
    var at = end;
    while (at > 0 && tail[at - 1] != '\n') {
      at--;
    }
    return at;
  }
}
