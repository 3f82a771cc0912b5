package dev.hearth.stdlib.docker.compose;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a part of a model is written in, and what its paths and variables mean there: a file that is
 * included has a folder and variables of its own.
 *
 * @param file as the recipe named it; empty for a model that the recipe gave as an object
 * @param text of the file
 * @param folder that relative paths start from, absolute
 * @param variables that values may name
 */
record Origin(String file, String text, Path folder, Variables variables) {
  private static final Variables NOTHING = new Variables(Map.of(), name -> Optional.empty());

  /** A file in which neither paths nor variables of a model stand. */
  static Origin plain(String file, String text) {
    return new Origin(file, text, Path.of("/"), NOTHING);
  }

  /** The same folder and variables for another file. */
  Origin of(String otherFile, String otherText) {
    return new Origin(otherFile, otherText, folder, variables);
  }

  Origin in(Path otherFolder) {
    return new Origin(file, text, otherFolder, variables);
  }

  Origin with(Variables others) {
    return new Origin(file, text, folder, others);
  }

  Place start() {
    return new Place(this, 0, "");
  }
}
