package dev.hearth.runtime.module;

import java.util.List;

/**
 * What the text of one module says about itself.
 *
 * @param imports all modules that it names, in the order of the text
 * @param exports the names that it exports itself; those of {@code export *} are not known
 * @param defaultExport what {@code export default} is
 * @param recipe how it declares {@code recipe}
 */
public record ModuleSyntax(
    List<Import> imports, List<String> exports, DefaultExport defaultExport, RecipeExport recipe) {

  /**
   * One module that is named.
   *
   * @param specifier as written between the quotes
   * @param start the offset of the opening quote
   * @param kind how it is named
   */
  public record Import(String specifier, int start, Kind kind) {
    public enum Kind {
      /** {@code import … from} or {@code export … from}. */
      STATIC,
      /** The same {@code with { type: 'json' }}. */
      STATIC_JSON,
      /** {@code import('…')} with a literal; computed ones cannot be known before the run. */
      DYNAMIC
    }
  }

  /** What a module's default export is, as far as its text tells. */
  public enum DefaultExport {
    NONE,
    FUNCTION,
    /** Surely no function: a literal, an object, a class. */
    NOT_A_FUNCTION,
    /** A name, a call: only running it would tell. */
    UNKNOWN
  }

  /** How a module declares its {@code recipe} export. */
  public sealed interface RecipeExport {
    /** Not at all. */
    record Absent() implements RecipeExport {}

    /** {@code export const recipe = value}. */
    record Constant(LiteralSyntax value) implements RecipeExport {}

    /**
     * In any other way, which could change before or after anyone reads it.
     *
     * @param start where
     * @param how such as {@code `export let recipe`}
     */
    record Otherwise(int start, String how) implements RecipeExport {}
  }
}
