package dev.hearth.runtime.module;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which files may be imported: without a grant the JavaScript, TypeScript and JSON below the root
 * that is not hidden; with one whatever it covers; never what is Hearth's own. An import shows what
 * is in a file also by failing, so that what may not be imported is not parsed.
 *
 * @param granted whether the user granted to read a real path
 * @param closed whether nothing opens a path, whatever was granted
 */
public record ImportBounds(ImportRoot root, Predicate<Path> granted, Predicate<Path> closed) {

  /** An import that leads to a file, in absolute paths. */
  public record Named(Path asked, Path real, String shown) {
    /**
     * An import.
     *
     * @param asked as it was written, joined to the importing file
     * @param real where that leads behind links, whether or not there is a file
     * @param shown how messages name it
     */
    public Named {}

    /** What grants it. The real path would tell the recipe where its links lead. */
    private String flag() {
      return VisibleText.of(new Permission.Read(asked).flag());
    }
  }

  /**
   * Why nothing may be imported from where {@code file} lies. To be asked before anything says
   * whether it exists, which nobody is to learn by importing.
   */
  public Optional<HearthException> refusalOfPlace(Named file) {
    if (Stream.of(file.asked(), file.real()).distinct().anyMatch(closed)) {
      return Optional.of(new HearthException(ModuleError.PROTECTED, file.shown()));
    }
    if (!file.real().startsWith(root.folder())) {
      return unlessGranted(file, outside(file));
    }
    return isHidden(file.real())
        ? unlessGranted(file, new HearthException(ModuleError.HIDDEN, file.shown(), file.flag()))
        : Optional.empty();
  }

  /** Why {@code file}, which lies where it may and exists, may not be imported as what it is. */
  public Optional<HearthException> refusalOfName(Named file) {
    return isModule(file.asked()) && isModule(file.real())
        ? Optional.empty()
        : unlessGranted(
            file, new HearthException(ModuleError.NOT_A_MODULE, file.shown(), file.flag()));
  }

  /** Whether {@code file} may be read to explain an import: a source map, or what one names. */
  public boolean allowsToExplain(Named file) {
    var isMap = file.asked().toString().endsWith(".map") && file.real().toString().endsWith(".map");
    return refusalOfPlace(file).isEmpty() && (isMap || refusalOfName(file).isEmpty());
  }

  private Optional<HearthException> unlessGranted(Named file, HearthException refusal) {
    return granted.test(file.real()) ? Optional.empty() : Optional.of(refusal);
  }

  private HearthException outside(Named file) {
    var error =
        new HearthException(
            ModuleError.OUTSIDE, file.shown(), VisibleText.of(root.folder()), file.flag());
    var above = root.folder().resolveSibling("");
    return root.mayWiden() && file.asked().startsWith(above) && isModule(file.asked())
        ? error.hint(
            "Run it with `%s`, or put a `package.json` into `%s` if all in there is one project."
                .formatted(file.flag(), VisibleText.of(above)))
        : error;
  }

  private boolean isHidden(Path real) {
    for (var name : root.folder().relativize(real)) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isModule(Path file) {
    var name = file.toString();
    return name.endsWith(".js")
        || name.endsWith(".mjs")
        || name.endsWith(".json")
        || TypeScript.isNamed(name);
  }
}
