package dev.hearth.runtime.storage;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of a file that others still write to, each once. Not safe for several threads.
 */
public final class GrowingLines implements Closeable {
  private static final int BLOCK = 64 << 10;

  private final RandomAccessFile file;
  private final byte[] block = new byte[BLOCK];
  private ByteArrayOutputStream begun = new ByteArrayOutputStream();

  public GrowingLines(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
  }

  /**
   * Some lines that have come since the last call, without their ends; empty when no whole one has.
   */
  public List<byte[]> next() throws IOException {
    var lines = new ArrayList<byte[]>();
    for (int read = file.read(block); read > 0; read = file.read(block)) {
      take(read, lines);
      if (!lines.isEmpty()) {
        break;
      }
    }
    return lines;
  }

  private void take(int read, List<byte[]> lines) {
    int start = 0;
    for (int at = 0; at < read; at++) {
      if (block[at] == '\n') {
        begun.write(block, start, at - start);
        lines.add(begun.toByteArray());
        begun = new ByteArrayOutputStream();
        start = at + 1;
      }
    }
    begun.write(block, start, read - start);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
