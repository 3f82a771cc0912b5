package dev.hearth.runtime.module;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder whose files may be imported without a grant.
 *
 * @param folder a real path
 * @param mayWiden whether a {@code package.json} in the folder above would make that the root
 */
public record ImportRoot(Path folder, boolean mayWiden) {

  /**
   * The root of a recipe that exists: the nearest folder upwards with a {@code package.json}, as a
   * package is one thing; without any, the recipe's own folder. The home folder and all above it
   * are no package, whatever lies there: everything that the user has would be in it.
   *
   * @param home the user's
   */
  public static ImportRoot of(Path recipe, SourceFiles files, Optional<Path> home) {
    try {
      var real = files.real(recipe);
      var own = real.getParent() == null ? real : real.getParent();
      var homes = home.stream().flatMap(path -> Stream.of(path, real(path, files))).toList();
      for (var at = own; isNarrow(at, homes); at = at.resolveSibling("")) {
        if (exists(at.resolve("package.json"), files)) {
          return new ImportRoot(at, isNarrow(at.resolveSibling(""), homes));
        }
      }
      return new ImportRoot(own, isNarrow(own.resolveSibling(""), homes));
    } catch (IOException e) {
      throw new HearthException(
              RecipeError.UNREADABLE, VisibleText.of(recipe), SourceContent.reason(e))
          .causedBy(e);
    }
  }

  /** The root of a session, where the user writes the code. */
  public static ImportRoot ofSession(Path folder) {
    return new ImportRoot(folder, false);
  }

  private static boolean isNarrow(Path folder, Iterable<Path> homes) {
    for (var home : homes) {
      if (home.startsWith(folder)) {
        return false;
      }
    }
    return folder.getParent() != null;
  }

  private static Path real(Path home, SourceFiles files) {
    try {
      return files.real(home);
    } catch (IOException e) {
      return home; // a home that does not exist holds nothing
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
