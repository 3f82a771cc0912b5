package dev.hearth.runtime.effect.file;

import java.io.IOException;

/**
 * A name in an open folder.
 *
 * @param name what is meant in it; {@code .} for the root of the file system
 */
record Place(Folder folder, String name) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    folder.close();
  }
}
