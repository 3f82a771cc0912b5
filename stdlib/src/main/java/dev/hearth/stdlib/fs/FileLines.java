package dev.hearth.stdlib.fs;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of a file of any size, some at a time; what ends one is not in it. */
final class FileLines implements OpStream<List<String>> {
  private static final int LONGEST_LINE = 16 << 20;

  private final String path;
  private final InputStream input;
  private final byte[] chunk = new byte[1 << 16];
  private final Lines lines = new Lines();
  private boolean isEnded;

  FileLines(String path, InputStream input) {
    this.path = path;
    this.input = input;
  }

  @Override
  public @Nullable List<String> next() {
    while (!isEnded) {
      int length = read();
      if (length < 0) {
        isEnded = true;
        return lines.rest().map(List::of).orElse(null);
      }
      var ended = lines.add(chunk, length);
      if (!ended.isEmpty()) {
        return ended;
      }
      if (lines.openBytes() > LONGEST_LINE) {
        throw new HearthException(FsError.LINE_TOO_LONG, VisibleText.of(path), LONGEST_LINE);
      }
    }
    return null;
  }

  private int read() {
    try {
      return input.read(chunk);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private HearthException failure(IOException e) {
    return new HearthException(
            FileError.FAILED,
            VisibleText.of(path),
            VisibleText.of(Objects.requireNonNullElse(e.getMessage(), "the system refused")))
        .causedBy(e);
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
