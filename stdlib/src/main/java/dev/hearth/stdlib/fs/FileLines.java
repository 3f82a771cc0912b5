package dev.hearth.stdlib.fs;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of a file of any size, some at a time; what ends one is not in it. */
final class FileLines implements OpStream<List<String>> {
  private static final int LONGEST_LINE = 16 << 20;

  private final String path;
  private final InputStream input;
  private final byte[] chunk = new byte[1 << 16];
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
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
        return open.size() == 0 ? null : List.of(take());
      }
      var lines = add(length);
      if (!lines.isEmpty()) {
        return lines;
      }
      if (open.size() > LONGEST_LINE) {
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

  private List<String> add(int length) {
    var lines = new ArrayList<String>();
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        open.write(chunk, begin, i - begin);
        lines.add(take());
        begin = i + 1;
      }
    }
    open.write(chunk, begin, length - begin);
    return lines;
  }

  private String take() {
    var line = open.toString(StandardCharsets.UTF_8);
    open.reset();
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
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
