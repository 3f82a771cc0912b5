package dev.hearth.stdlib.fs;

import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.OpStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder that lives as long as this stream is open. Its one item is its path; the runtime
 * closes what a recipe left open when the run ends, however it ends.
 */
final class TemporaryPath implements OpStream<String> {
  private final Files files;
  private final Path path;
  private boolean isTold;

  TemporaryPath(Files files, Path path) {
    this.files = files;
    this.path = path;
  }

  @Override
  public @Nullable String next() {
    if (isTold) {
      return null;
    }
    isTold = true;
    return path.toString();
  }

  @Override
  public void close() {
    files.deleteTree(path);
  }
}
