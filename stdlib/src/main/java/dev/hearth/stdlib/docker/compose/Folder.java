package dev.hearth.stdlib.docker.compose;

import java.nio.file.Path;

/**
 * The folder that paths of a model start from.
 *
 * @param path absolute
 * @param home of the user, for {@code ~}; the path itself where nobody knows one
 */
record Folder(Path path, Path home) {
  /** A path of the model, absolute. */
  String path(String written) {
    if (written.equals("~") || written.startsWith("~/")) {
      return home.resolve(written.substring(Math.min(2, written.length()))).normalize().toString();
    }
    return path.resolve(written).normalize().toString();
  }
}
