package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.Files;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of a model, each with the values of its variables and with what it names. */
final class ModelFiles {
  private final Files files;
  private final List<HearthException> onlyByPlugin = new ArrayList<>();

  ModelFiles(Files files) {
    this.files = files;
  }

  /** What only the plug-in can fetch; it is left out of the model. */
  List<HearthException> onlyByPlugin() {
    return onlyByPlugin;
  }

  /** A file as it is written. */
  Mapping written(Path path, Origin origin) {
    return ComposeYaml.read(origin.of(shown(path), files.readText(path)));
  }

  /**
   * All that a file says: its services with what they extend, and what it includes.
   *
   * @param way the files that led to it, and it itself
   */
  Mapping whole(Mapping written, List<Path> way) {
    var own = new Extends(this, Interpolation.of(written), way.getLast()).resolved();
    return new Includes(this, own, way).resolved();
  }

  /** Another file that is named in a model. */
  Mapping named(Path path, Place by, Origin origin) {
    try {
      return written(path, origin);
    } catch (HearthException e) {
      if (e.code() != FileError.NOT_FOUND) {
        throw e;
      }
      throw by.error(ComposeError.COMPOSE_REFERENCE, "file", shown(path))
          .hint("Make the file, or correct its path, which starts from the folder of this one.")
          .causedBy(e);
    }
  }

  Files reader() {
    return files;
  }

  static boolean isRemote(String path) {
    return path.matches("(?:[a-z+][a-z0-9+.-]*://|git@|github\\.com/).*");
  }

  static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** A path as people know it: from the working directory, when it is there. */
  static String shown(Path path) {
    var here = absolute(Path.of(""));
    return path.startsWith(here) && !path.equals(here)
        ? here.relativize(path).toString()
        : path.toString();
  }
}
