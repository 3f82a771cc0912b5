package dev.hearth.stdlib.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a template. */
sealed interface Part {
  /** What is shown as it is. */
  record Text(String text) implements Part {}

  /** {@code {{ value }}}. */
  record Show(Expression value) implements Part {}

  /** {@code {% if %}}, with its {@code elif}s in order. */
  record Choice(List<Branch> branches, List<Part> otherwise) implements Part {}

  /** One condition and what is shown when it is the first that holds. */
  record Branch(Expression condition, List<Part> body) {}

  /**
   * {@code {% for item in list %}} or {@code {% for key, value in object %}}.
   *
   * @param value the second name, if there is one
   * @param otherwise what is shown when there is nothing to go through
   */
  record Loop(
      String item, @Nullable String value, Expression in, List<Part> body, List<Part> otherwise)
      implements Part {}
}
