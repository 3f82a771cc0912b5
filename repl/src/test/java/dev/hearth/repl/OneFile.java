package dev.hearth.repl;

import dev.hearth.runtime.effect.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A fake file system with the one file {@code tools.js}. */
final class OneFile implements SourceFiles {
  @Override
  public byte[] read(Path file, int limit) throws IOException {
    if (!file.endsWith("tools.js")) {
      throw new NoSuchFileException(file.toString());
    }
    return "let tools".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Path real(Path file) {
    return file.toAbsolutePath();
  }

  @Override
  public List<String> names(Path folder) {
    return List.of("tools.js");
  }
}
