package dev.hearth.runtime.storage;

import java.io.FileNotFoundException;
import java.nio.file.Path;

/** A file on a disk without space. */
public final class FullDisk {
  private FullDisk() {}

  public static AppendFile open() throws FileNotFoundException {
    return AppendFile.on(Path.of("/dev/full"));
  }
}
