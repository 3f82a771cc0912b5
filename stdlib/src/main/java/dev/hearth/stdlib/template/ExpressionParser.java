package dev.hearth.stdlib.template;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads one expression, from a place in the template up to the end of its tag. */
final class ExpressionParser {
  private static final int DEEPEST = 50;
  private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "is", "if", "else");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "<", ">");

  private final TemplateSource source;
  private final String text;
  private final int end;
  private int at;
  private int depth;

  ExpressionParser(TemplateSource source, int begin, int end) {
    this.source = source;
    this.text = source.text();
    this.at = begin;
    this.end = end;
    skip();
  }

  boolean atEnd() {
    return at >= end;
  }

  void requireEnd() {
    if (!atEnd()) {
      throw source.error(TemplateError.SYNTAX, at, "nothing is expected here");
    }
  }

  /** The next word, if it is this one. */
  boolean word(String word) {
    if (!text.startsWith(word, at) || at + word.length() > end || isName(at + word.length())) {
      return false;
    }
    at += word.length();
    skip();
    return true;
  }

  String name() {
    int begin = at;
    while (isName(at)) {
      at++;
    }
    var name = text.substring(begin, at);
    if (name.isEmpty() || Character.isDigit(name.charAt(0)) || WORDS.contains(name)) {
      throw source.error(TemplateError.SYNTAX, begin, "a name is expected");
    }
    skip();
    return name;
  }

  boolean symbol(String symbol) {
    if (!text.startsWith(symbol, at) || at + symbol.length() > end) {
      return false;
    }
    at += symbol.length();
    skip();
    return true;
  }

  private void require(String symbol) {
    if (!symbol(symbol)) {
      throw source.error(TemplateError.SYNTAX, at, "`" + symbol + "` is expected");
    }
  }

  Expression expression() {
    if (++depth > DEEPEST) {
      throw source.error(TemplateError.SYNTAX, at, "the expression is nested too deeply");
    }
    int begin = at;
    var value = conjunction();
    while (word("or")) {
      value = new Expression.Binary(begin, since(begin), "or", value, conjunction());
    }
    depth--;
    return value;
  }

  private Expression conjunction() {
    int begin = at;
    var value = negation();
    while (word("and")) {
      value = new Expression.Binary(begin, since(begin), "and", value, negation());
    }
    return value;
  }

  private Expression negation() {
    int begin = at;
    boolean negated = false;
    while (word("not")) {
      negated = !negated;
    }
    var value = comparison();
    return negated ? new Expression.Not(begin, since(begin), value) : value;
  }

  private Expression comparison() {
    int begin = at;
    var value = filtered();
    if (word("is")) {
      boolean negated = word("not");
      if (!word("defined")) {
        throw source.error(TemplateError.SYNTAX, at, "`is` is followed by `defined`");
      }
      var defined = new Expression.Defined(begin, since(begin), value);
      return negated ? new Expression.Not(begin, since(begin), defined) : defined;
    }
    for (var operator : COMPARISONS) {
      if (symbol(operator)) {
        return new Expression.Binary(begin, since(begin), operator, value, filtered());
      }
    }
    if (word("in")) {
      return new Expression.Binary(begin, since(begin), "in", value, filtered());
    }
    return value;
  }

  private Expression filtered() {
    int begin = at;
    var value = member();
    while (symbol("|")) {
      var filter = name();
      var arguments = new ArrayList<Expression>();
      if (symbol("(")) {
        while (!symbol(")")) {
          if (!arguments.isEmpty()) {
            require(",");
          }
          arguments.add(expression());
        }
      }
      value = new Expression.Filtered(begin, since(begin), value, filter, List.copyOf(arguments));
    }
    return value;
  }

  private Expression member() {
    int begin = at;
    var value = primary();
    while (true) {
      if (symbol(".")) {
        int place = at;
        var key = isDigit(at) ? digits() : name();
        value =
            new Expression.Member(
                begin,
                since(begin),
                value,
                new Expression.Literal(place, key, TextNode.valueOf(key)));
      } else if (symbol("[")) {
        var key = expression();
        require("]");
        value = new Expression.Member(begin, since(begin), value, key);
      } else {
        return value;
      }
    }
  }

  private Expression primary() {
    int begin = at;
    if (atEnd()) {
      throw source.error(TemplateError.SYNTAX, begin, "a value is expected");
    }
    char c = text.charAt(at);
    if (symbol("(")) {
      var value = expression();
      require(")");
      return value;
    }
    if (c == '"' || c == '\'') {
      return new Expression.Literal(begin, "a text", TextNode.valueOf(quoted(c)));
    }
    if (isDigit(at) || c == '-') {
      return number(begin);
    }
    if (word("true") || word("false")) {
      return new Expression.Literal(begin, since(begin), BooleanNode.valueOf(c == 't'));
    }
    if (word("null")) {
      return new Expression.Literal(begin, "null", NullNode.instance);
    }
    var name = name();
    return new Expression.Name(begin, name);
  }

  private Expression number(int begin) {
    at++;
    while (at < end && (isDigit(at) || (text.charAt(at) == '.' && isDigit(at + 1)))) {
      at++;
    }
    var digits = text.substring(begin, at);
    skip();
    try {
      return new Expression.Literal(begin, digits, DecimalNode.valueOf(new BigDecimal(digits)));
    } catch (NumberFormatException e) {
      throw source.error(TemplateError.SYNTAX, begin, "a number is expected").causedBy(e);
    }
  }

  private String digits() {
    int begin = at;
    while (isDigit(at)) {
      at++;
    }
    var digits = text.substring(begin, at);
    skip();
    return digits;
  }

  private String quoted(char quote) {
    int begin = at;
    var value = new StringBuilder();
    for (at++; at < end && text.charAt(at) != quote; at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < end) {
        c = text.charAt(++at);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      value.append(c);
    }
    if (at >= end) {
      throw source.error(TemplateError.SYNTAX, begin, "the text has no end");
    }
    at++;
    skip();
    return value.toString();
  }

  private String since(int begin) {
    return text.substring(begin, at).strip();
  }

  private void skip() {
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean isName(int place) {
    return place < end
        && (Character.isLetterOrDigit(text.charAt(place)) || text.charAt(place) == '_');
  }

  private boolean isDigit(int place) {
    return place < end && text.charAt(place) >= '0' && text.charAt(place) <= '9';
  }
}
