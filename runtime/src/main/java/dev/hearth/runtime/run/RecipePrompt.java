package dev.hearth.runtime.run;

import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person.Question;
import java.util.Optional;

/** Asks the user what a recipe wants to know; the terminal implements it. */
public interface RecipePrompt {
  /**
   * Shows the question and waits for the answer; one at a time.
   *
   * @param asker the library that asks; empty for the recipe itself
   * @return empty when only the return key was pressed
   */
  Optional<String> ask(String asker, Question question) throws InterruptedException;

  /** As {@link #ask}, for what is not shown while it is typed. */
  Optional<Secret> askSecret(String asker, Question question) throws InterruptedException;

  /** Nobody waits for the answer any more, though the terminal may. */
  void giveUp();

  /**
   * Whether the next {@link #ask} of the same asker gets the line that the terminal still waits for
   * after the last question was given up. What is half typed for one is never taken by another, and
   * what is not to be shown is not read where it would be.
   */
  default boolean takesOver(String asker) {
    return false;
  }
}
