package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reading a recipe, without running it, fails on purpose. */
public enum RecipeError implements ErrorCode {
  /** Arguments: the file, what to do. */
  NOT_FOUND(ErrorKind.USAGE, "There is no file `%s`.", "%2$s"),

  /** Arguments: the file, why. */
  UNREADABLE(
      ErrorKind.USAGE, "The file `%s` cannot be read: %s.", "Give Hearth the right to read it."),

  /** Arguments: as it was named, what it is. */
  NOT_A_FILE(
      ErrorKind.USAGE, "`%s` is no recipe: it is %s.", "Name a JavaScript or TypeScript file."),

  /** Arguments: the file, its limit in KiB. */
  TOO_LARGE(
      ErrorKind.RECIPE,
      "The file `%s` is larger than %d KiB, too large for a recipe.",
      "Move data into a file that the recipe reads while it runs."),

  /** Arguments: the file. */
  NOT_UTF8(
      ErrorKind.RECIPE, "The file `%s` is not UTF-8 text.", "Save it with the encoding UTF-8."),

  /** Arguments: what the parser says. */
  SYNTAX(
      ErrorKind.RECIPE,
      "This is not JavaScript: %s.",
      "Correct the line; the cause may also stand a little before it."),

  /** No arguments. */
  NOT_TYPESCRIPT(
      ErrorKind.RECIPE,
      "This is not TypeScript: the text from here on makes no sense.",
      "Correct the line; the cause may also stand a little before it."),

  /** Arguments: what it is, what to write in its place. */
  NOT_ERASABLE(
      ErrorKind.RECIPE,
      "Here is %s, which is more than a type: Hearth takes types out and changes nothing else.",
      "%2$s"),

  /** No arguments. */
  TOO_DEEP(
      ErrorKind.RECIPE,
      "The code is nested too deeply to be read.",
      "Split it into smaller expressions; generated data belongs into a JSON file."),

  /** Arguments: how many seconds. */
  TOO_COMPLEX(
      ErrorKind.RECIPE,
      "The code could not be read within %d seconds.",
      "Split it into smaller files; generated data belongs into a JSON file."),

  /** Arguments: what stands there, its text. */
  NOT_LITERAL(
      ErrorKind.RECIPE,
      "`export const recipe` must be plain data, but here is %s: `%s`.",
      "Write objects, arrays, strings, templates without `${…}`, numbers, `true`, `false` or"
          + " `null`; it is read without running the recipe."),

  /** Arguments: how it is declared instead. */
  NOT_CONST(
      ErrorKind.RECIPE,
      "`recipe` is declared by %s, so that it cannot be read without running the file.",
      "Write `export const recipe = { … };` in this file."),

  /** Arguments: the key. */
  DUPLICATE_KEY(ErrorKind.RECIPE, "The key `%s` stands here twice.", "Remove one of them."),

  /** Arguments: the key, what it could be. */
  UNKNOWN_KEY(ErrorKind.RECIPE, "`recipe` has no key `%s`.", "%2$s"),

  /** Arguments: the key, what it must be. */
  WRONG_VALUE(ErrorKind.RECIPE, "`%s` of the recipe must be %s.", "Change it to %2$s."),

  /** Arguments: the module, its name in {@code permissions}. */
  PERMISSION_UNDECLARED(
      ErrorKind.RECIPE,
      "`%s` is imported, but the recipe declares no permission for it.",
      "Add `permissions: { %2$s: 'read' }` to `recipe`, or `'write'` if it changes anything."),

  /** Arguments: what is used, the line that declares it, the flag. */
  USE_UNDECLARED(
      ErrorKind.PERMISSION,
      "`%s` is used here, and the recipe does not declare it.",
      "Add `%2$s` to its `permissions`; else a run refuses it, unless `%3$s` is given."),

  /** Arguments: what is used, the library, its manifest. */
  USE_UNDECLARED_BY_LIBRARY(
      ErrorKind.PERMISSION,
      "`%s` is used here, and library `%s` does not declare it.",
      "Add it to `hearth.permissions` in `%3$s`, and to the recipe's `permissions`; else a run"
          + " refuses it."),

  /** Arguments: what is declared. */
  DECLARED_UNUSED(
      ErrorKind.PERMISSION,
      "`%s` is declared, and nothing in the text uses it.",
      "Take it out if it is not needed; `hearth permissions audit RECIPE` tells what runs used."),

  /** Arguments: the file. */
  NO_DEFAULT_EXPORT(
      ErrorKind.RECIPE,
      "The recipe `%s` has no default export to run.",
      "Add `export default async function ({ params, step, log }) { … }`."),

  /** Arguments: the file. */
  DEFAULT_IS_A_GENERATOR(
      ErrorKind.RECIPE,
      "The default export of `%s` is a generator, which would never be asked for anything.",
      "Write `export default async function` without the `*`."),
  DEFAULT_NOT_A_FUNCTION(
      ErrorKind.RECIPE,
      "The default export of `%s` is not a function.",
      "Write `export default async function ({ params, step, log }) { … }`.");

  private final ErrorText text;

  RecipeError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("recipe", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
