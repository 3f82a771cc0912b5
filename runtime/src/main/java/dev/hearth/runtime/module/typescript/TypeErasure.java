package dev.hearth.runtime.module.typescript;

import java.util.Set;

/**
 * Takes the types out of TypeScript: what was a type is blank afterwards, so that every character
 * that is left stands where the user wrote it. Only what can be taken out is understood, as in
 * node; nothing is turned into other code.
 *
 * <p>What is left is JavaScript only if the text was TypeScript: whoever runs it parses it.
 */
public final class TypeErasure {
  private TypeErasure() {}

  /**
   * A text without its types.
   *
   * @param javascript as long as the text that it was
   * @param exportedTypes the names that the text exports and that are not there any more
   */
  public record Erased(String javascript, Set<String> exportedTypes) {}

  /**
   * Takes the types out.
   *
   * @throws NotErasableException when there is what is more than types, or no TypeScript
   * @throws StackOverflowError when it is nested too deeply for the calling thread
   */
  public static Erased erase(String typescript) {
    var edits = new Edits();
    try {
      var grammar = new Grammar(typescript, edits);
      grammar.statements.readAll();
      return new Erased(edits.applyTo(typescript), Set.copyOf(grammar.modules.exportedTypes()));
    } catch (Mismatch e) {
      throw new NotErasableException(null, e.offset());
    }
  }
}
