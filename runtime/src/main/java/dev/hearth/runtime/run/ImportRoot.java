package dev.hearth.runtime.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The folder whose files a recipe may import without a grant: the nearest one upwards with a {@code
 * package.json}, as a package is one thing; without any, the recipe's own folder.
 */
final class ImportRoot {
  private ImportRoot() {}

  static Path of(Path recipe) {
    try {
      var real = recipe.toRealPath();
      var own = real.getParent();
      for (var folder = own; folder != null; folder = folder.getParent()) {
        if (new File(folder.toFile(), "package.json").isFile()) {
          return folder;
        }
      }
      return own == null ? real : own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
