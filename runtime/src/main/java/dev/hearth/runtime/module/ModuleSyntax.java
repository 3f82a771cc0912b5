package dev.hearth.runtime.module;

import java.util.List;

/**
 * What the text of one module says about itself.
 *
 * @param imports all modules that it names, in the order of the text
 * @param exports the names that it exports itself
 * @param passedOn the modules all of whose exports it exports too, by {@code export *}
 * @param defaultExport what {@code export default} is
 * @param recipe how it declares {@code recipe}
 */
public record ModuleSyntax(
    List<Import> imports,
    List<String> exports,
    List<String> passedOn,
    DefaultExport defaultExport,
    RecipeExport recipe) {

  /**
   * One module that is named.
   *
   * @param specifier as written between the quotes
   * @param start the offset of the opening quote
   * @param kind how it is named
   * @param names what is taken from it by name
   */
  public record Import(String specifier, int start, Kind kind, List<ImportedName> names) {
    public enum Kind {
      /** {@code import … from} or {@code export … from}. */
      STATIC,
      /** The same {@code with { type: 'json' }}. */
      STATIC_JSON,
      /** {@code import('…')} with a literal; computed ones cannot be known before the run. */
      DYNAMIC,
      /** The same with options, which say {@code type: 'json'} or are wrong. */
      DYNAMIC_JSON;

      /** Whether it must lead somewhere before a line of the importing file runs. */
      public boolean isStatic() {
        return this == STATIC || this == STATIC_JSON;
      }
    }
  }

  /**
   * One export that an import takes by its name.
   *
   * @param name as the other module exports it
   * @param start its offset
   */
  public record ImportedName(String name, int start) {}

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
