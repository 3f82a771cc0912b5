package dev.hearth.runtime.effect.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A link stands where a file or folder stood when the path was checked. */
final class LinkInTheWay extends FileSystemException {
  LinkInTheWay(Path path) {
    super(path.toString(), null, "a link stands there");
  }
}
