package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.permission.Permission;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a check found in one file; nothing of it has run.
 *
 * @param path as the user named it
 * @param kind whether it can be run
 * @param summary what it says of itself
 * @param parameters the names of those that are declared well
 * @param permissions what it asks for, as far as that is declared well
 * @param problems those in the file first, in the order of its text, then those of its imports;
 *     empty when it is fine
 */
public record CheckedRecipe(
    Path path,
    Kind kind,
    Optional<String> summary,
    List<String> parameters,
    List<Permission> permissions,
    List<ErrorReport> problems) {

  /** What a file is. */
  public enum Kind {
    /** It can be run. */
    RECIPE,
    /** Recipes import it. */
    MODULE,
    /** Nobody can tell: it is no JavaScript, or cannot be read. */
    UNREADABLE
  }

  static CheckedRecipe unreadable(Path path, ErrorReport why) {
    return new CheckedRecipe(
        path, Kind.UNREADABLE, Optional.empty(), List.of(), List.of(), List.of(why));
  }
}
