package dev.hearth.runtime.engine;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the files that recipes import. */
@FunctionalInterface
public interface ModuleSource {
  /**
   * The content of a file whose real path was checked.
   *
   * @throws dev.hearth.runtime.HearthException when it may not be imported for another reason
   */
  byte[] read(Path real) throws IOException;

  /** The content of a file that is not run: a source map, or what one names. */
  default byte[] readToExplain(Path real) throws IOException {
    return read(real);
  }
}
