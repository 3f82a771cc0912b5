package dev.hearth.stdlib.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What stands between the brackets of a template; {@code at} is its place in the text. */
sealed interface Expression {
  int at();

  /** As the template has it, for errors. */
  String shown();

  record Literal(int at, String shown, JsonNode value) implements Expression {}

  record Name(int at, String shown) implements Expression {}

  record Member(int at, String shown, Expression of, Expression key) implements Expression {}

  record Not(int at, String shown, Expression value) implements Expression {}

  record Binary(int at, String shown, String operator, Expression left, Expression right)
      implements Expression {}

  /** {@code value is defined}. */
  record Defined(int at, String shown, Expression value) implements Expression {}

  record Filtered(int at, String shown, Expression value, String filter, List<Expression> arguments)
      implements Expression {}
}
