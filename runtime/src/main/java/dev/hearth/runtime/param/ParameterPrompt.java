package dev.hearth.runtime.param;

import java.util.List;
import java.util.Optional;

/** Asks a person for the values that are missing. */
public interface ParameterPrompt {
  /**
   * Asks one question and returns what was typed. A wrong answer is asked again, with its problem.
   *
   * @return empty when nothing was typed, which is asked again too; throw to give up
   */
  Optional<String> ask(Question question);

  /**
   * What is asked.
   *
   * @param parameter whose value
   * @param choices what may be answered, when the recipe lists it
   * @param secret whether the answer must not be shown
   * @param problem what was wrong with the answer before; empty at first
   */
  record Question(
      Parameter parameter, List<String> choices, boolean secret, Optional<String> problem) {}
}
