package dev.hearth.runtime.engine;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the files that recipes import. */
@FunctionalInterface
public interface ModuleSource {
  /** The content of a file whose real path was checked. */
  byte[] read(Path real) throws IOException;
}
