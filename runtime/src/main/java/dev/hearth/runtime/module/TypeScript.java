package dev.hearth.runtime.module;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.typescript.NotErasableException;
import dev.hearth.runtime.module.typescript.TypeErasure;

/** Recipes and modules in TypeScript: {@code docs/adr/0006-typescript-by-erasure.md}. */
final class TypeScript {
  private TypeScript() {}

  /** Whether a file of that name is TypeScript. */
  static boolean isNamed(String file) {
    return file.endsWith(".ts") || file.endsWith(".mts");
  }

  /**
   * The JavaScript in a text, every character where it was.
   *
   * @throws HearthException when there is more in it than types; with its place
   */
  static SourceText read(String name, String written) {
    try {
      var erased = TypeErasure.erase(written);
      return new SourceText(name, erased.javascript(), written, erased.exportedTypes());
    } catch (NotErasableException e) {
      throw refusal(e).at(new SourceText(name, written).at(e.offset()));
    } catch (StackOverflowError e) {
      throw new HearthException(RecipeError.TOO_DEEP).at(new SourceText(name, written).at(0));
    }
  }

  private static HearthException refusal(NotErasableException e) {
    var construct = e.construct();
    return construct == null
        ? new HearthException(RecipeError.NOT_TYPESCRIPT)
        : new HearthException(RecipeError.NOT_ERASABLE, construct.what(), construct.instead());
  }
}
