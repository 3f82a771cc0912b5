package dev.hearth.runtime.module;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The folder whose files a recipe may import without a grant: the nearest one upwards with a {@code
 * package.json}, as a package is one thing; without any, the recipe's own folder.
 */
public final class ImportRoot {
  private ImportRoot() {}

  /** The root of a recipe that exists, as a real path. */
  public static Path of(Path recipe, SourceFiles files) {
    try {
      var real = files.real(recipe);
      var own = real.getParent();
      for (var folder = own; folder != null; folder = folder.getParent()) {
        if (exists(folder.resolve("package.json"), files)) {
          return folder;
        }
      }
      return own == null ? real : own;
    } catch (IOException e) {
      throw new HearthException(
              RecipeError.UNREADABLE, VisibleText.of(recipe), SourceContent.reason(e))
          .causedBy(e);
    }
  }

  private static boolean exists(Path file, SourceFiles files) throws IOException {
    try {
      files.real(file);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
