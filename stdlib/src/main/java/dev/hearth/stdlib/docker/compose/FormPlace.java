package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;

/**
 * Where a text in one of the Compose specification's short forms stands, in a file or in what a
 * recipe gave: what is wrong with it is told in the words of that place.
 */
@FunctionalInterface
public interface FormPlace {
  /**
   * The failure that says what is wrong.
   *
   * @param problem the rest of a sentence about what stands there
   */
  HearthException wrong(String problem, String hint);

  /** The failure that says what it is in place of what it should be. */
  default HearthException not(String text, String wanted, String hint) {
    return wrong("is " + quoted(text) + ", which is no " + wanted, hint);
  }

  /** As messages show it: the beginning, with all that is invisible spelled out. */
  static String quoted(String text) {
    int most = 80;
    return "`" + VisibleText.of(text.length() > most ? text.substring(0, most) + "…" : text) + "`";
  }
}
