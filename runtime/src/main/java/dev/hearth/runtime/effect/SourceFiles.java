package dev.hearth.runtime.effect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where recipes and the files that they import are read from. */
public interface SourceFiles {
  /**
   * The content of a file, of which at most {@code limit} bytes are read.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws NotAFile when it is something else, such as a folder
   * @throws IOException when it cannot be read; its message says why
   */
  byte[] read(Path file, int limit) throws IOException;

  /**
   * Where a file really is, with all links followed: an absolute path.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  Path real(Path file) throws IOException;

  /** The names in a folder, to say what was meant; empty when it cannot be listed. */
  List<String> names(Path folder);
}
