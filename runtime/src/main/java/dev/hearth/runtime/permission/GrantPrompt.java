package dev.hearth.runtime.permission;

import java.util.List;
import java.util.Set;

/** Asks the user; the terminal implements it. */
public interface GrantPrompt {
  /**
   * Shows all {@code needs} and asks for each, or for all at once.
   *
   * @param recipe what asks; safe to show
   * @param needs at least one; their words are safe to show
   * @return those that the user granted
   */
  Set<Need> ask(String recipe, List<Need> needs) throws InterruptedException;
}
