package dev.hearth.runtime.module;

/**
 * Reads the syntax of a module and runs nothing. Implementations may be called from any thread, by
 * several at once.
 */
public interface ModuleParser {
  /**
   * Parses an ES module.
   *
   * @throws dev.hearth.runtime.HearthException {@link RecipeError#SYNTAX}, {@link
   *     RecipeError#TOO_DEEP} or {@link RecipeError#TOO_COMPLEX}, with its place
   */
  ModuleSyntax parse(SourceText source);
}
