package dev.hearth.runtime.module;

import static java.util.stream.Collectors.joining;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Collection;

/** Every way in which an {@code import} leads nowhere. */
public enum ModuleError implements ErrorCode {
  /** Arguments: the specifier, what there is. */
  UNKNOWN(ErrorKind.RECIPE, "There is no module `%s`.", "Import one of: %2$s."),

  /** Arguments: the file. */
  MISSING(
      ErrorKind.RECIPE,
      "The imported file `%s` does not exist.",
      "Check the path; it is relative to the importing file and needs its extension."),

  /** Arguments: as it was named, what it is. */
  NOT_A_FILE(
      ErrorKind.RECIPE,
      "The import `%s` is no file: it is %s.",
      "Name the file itself, with its extension, such as `./lib/index.js`."),

  /** Arguments: the module, the name, what it exports. */
  NO_SUCH_EXPORT(ErrorKind.RECIPE, "`%s` exports no `%s`.", "It exports %3$s."),

  /** Arguments: the file, the folder, the flag that grants it. */
  OUTSIDE(
      ErrorKind.PERMISSION,
      "The import `%s` leads outside of the recipe's folder `%s`.",
      "Run it with `%3$s`."),

  /** Arguments: the file, the flag that grants it. */
  HIDDEN(
      ErrorKind.PERMISSION,
      "The import `%s` is hidden: its name or that of a folder above it begins with a dot.",
      "Give it another name, or run it with `%2$s`."),

  /** Arguments: the file, the flag that grants it. */
  NOT_A_MODULE(
      ErrorKind.PERMISSION,
      "The import `%s` is no JavaScript, TypeScript or JSON by its name.",
      "Let its name end in `.js`, `.mjs`, `.ts`, `.mts` or `.json`, or run it with `%2$s`."),

  /** Arguments: the file. */
  PROTECTED(
      ErrorKind.PERMISSION,
      "The import `%s` leads to what belongs to Hearth, and no grant opens that.",
      "Keep what a recipe imports in a folder of your own."),

  /** Arguments: the specifier. */
  SCHEME(
      ErrorKind.RECIPE,
      "Cannot import `%s`: recipes import `hearth:` modules and relative files.",
      "Download the file and import it with a relative path such as `./lib.js`."),

  /** Arguments: the manifest, why. */
  LIBRARY_MALFORMED(
      ErrorKind.RECIPE,
      "The library's `%s` does not say what it may do: %s.",
      "Write it like `\"hearth\": { \"permissions\": { \"net\": [\"example.org:443\"] } }`."),

  /** Arguments: the file, the library. */
  LIBRARY_UNSEEN(
      ErrorKind.PERMISSION,
      "`%s` belongs to the library `%s`, which is only seen while the recipe runs.",
      "Import it by a literal path, so that the run keeps it apart from the recipe."),

  /** Arguments: the file, why. */
  UNREADABLE(
      ErrorKind.SYSTEM,
      "The imported file `%s` cannot be read: %s.",
      "Check that it is a readable file of at most 16 MiB."),

  /** Arguments: the file, what is wrong. */
  NOT_JSON(ErrorKind.RECIPE, "The imported file `%s` is not JSON: %s.", "Correct it there."),

  /** Arguments: the file. */
  JSON_AS_JAVASCRIPT(
      ErrorKind.RECIPE,
      "The JSON file `%s` is imported as if it were JavaScript.",
      "Write `import data from '…' with { type: 'json' };`.");

  private final ErrorText text;

  ModuleError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("module", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }

  /**
   * No module is called like that.
   *
   * @param written the specifier
   * @param known the names behind {@code hearth:} that there are
   */
  public static HearthException unknown(String written, Collection<String> known) {
    var name = written.startsWith("hearth:") ? written.substring("hearth:".length()) : written;
    var all = known.stream().sorted().map(each -> "hearth:" + each).collect(joining(", "));
    var error = new HearthException(UNKNOWN, VisibleText.of(written), all);
    return Suggestion.closest(name, known)
        .map(best -> error.hint("Did you mean `hearth:" + best + "`?"))
        .orElse(error);
  }

  /** A module exports that name as a type, which is not there when it runs. */
  static HearthException onlyAType(String module, String name) {
    return new HearthException(
            NO_SUCH_EXPORT, VisibleText.of(module), VisibleText.of(name), "it as a type")
        .hint(
            "`%s` is a type there: write `import type { %s }` or `import { type %s }`."
                .formatted(name, name, name));
  }

  /** A module has no export of that name. */
  static HearthException noSuchExport(String module, String name, Collection<String> exported) {
    var shown = VisibleText.of(module);
    if (exported.isEmpty()) {
      return new HearthException(NO_SUCH_EXPORT, shown, VisibleText.of(name), "nothing");
    }
    var all = exported.stream().sorted().map(each -> "`" + each + "`").collect(joining(", "));
    var error = new HearthException(NO_SUCH_EXPORT, shown, VisibleText.of(name), all);
    return Suggestion.closest(name, exported)
        .map(best -> error.hint("Did you mean `" + best + "`?"))
        .orElse(error);
  }
}
