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
 * @param undeclared what its text is seen to use and it does not declare, each with its place
 * @param unused what it declares and its text does not use, each with its place
 */
public record CheckedRecipe(
    Path path,
    Kind kind,
    Optional<String> summary,
    List<String> parameters,
    List<Permission> permissions,
    List<ErrorReport> problems,
    List<ErrorReport> undeclared,
    List<ErrorReport> unused) {

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
        path,
        Kind.UNREADABLE,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(why),
        List.of(),
        List.of());
  }
}
