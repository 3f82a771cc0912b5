package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths of this machine that recipes write. */
final class LocalPath {
  private LocalPath() {}

  static Path of(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw malformed(text).causedBy(e);
    }
    throw malformed(text);
  }

  private static HearthException malformed(String text) {
    return new HearthException(DockerError.OPTION_VALUE, "path", VisibleText.of(text), "path")
        .hint("Name a file or folder of this machine.");
  }
}
