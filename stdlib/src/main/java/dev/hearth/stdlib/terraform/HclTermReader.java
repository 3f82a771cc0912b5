package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads expressions that are constant or types; any other is {@link HclTerm.Opaque}. */
final class HclTermReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final HclTerm OPAQUE = new HclTerm.Opaque();
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /** Beyond this a number would cost more than it is worth to write out. */
  private static final int LONGEST_NUMBER = 100;

  private final HclScanner scanner;
  private final String text;

  private HclTermReader(String file, String text) {
    this.scanner = new HclScanner(file, text);
    this.text = text;
  }

  /**
   * What an expression is made of.
   *
   * @param text a whole expression, whose brackets and quotes are known to match
   */
  static HclTerm read(String file, String text) {
    var reader = new HclTermReader(file, text);
    var term = reader.term();
    reader.scanner.skipSpace();
    return reader.scanner.isAtEnd() ? term : OPAQUE; // an operator, an index, a further name
  }

  private HclTerm term() {
    scanner.skipSpace();
    char c = scanner.peek();
    if (c == '"') {
      return quoted();
    }
    if (scanner.sees("<<")) {
      return heredoc();
    }
    if (c == '-' || Character.isDigit(c)) {
      return number();
    }
    if (scanner.skips("(")) {
      var inner = term();
      scanner.skipSpace();
      return scanner.skips(")") ? inner : OPAQUE;
    }
    if (scanner.skips("[")) {
      return items("]").<HclTerm>map(HclTerm.Tuple::new).orElse(OPAQUE);
    }
    if (scanner.skips("{")) {
      return fields();
    }
    return named();
  }

  private HclTerm named() {
    var word = scanner.word();
    if (scanner.skips("(")) {
      return items(")").<HclTerm>map(all -> new HclTerm.Call(word, all)).orElse(OPAQUE);
    }
    if (scanner.peek() == '.') { // a value of something else, which others may stand beside
      while (scanner.skips(".")) {
        var _ = scanner.word();
      }
      return OPAQUE;
    }
    return switch (word) {
      case "" -> OPAQUE;
      case "true", "false" -> new HclTerm.Constant(JSON.booleanNode(word.equals("true")));
      case "null" -> new HclTerm.Constant(JSON.nullNode());
      default -> new HclTerm.Word(word);
    };
  }

  private HclTerm number() {
    boolean negative = scanner.skips("-");
    scanner.skipBlanks();
    var matcher = NUMBER.matcher(text).region(scanner.at(), text.length());
    if (!matcher.lookingAt() || matcher.group().length() > LONGEST_NUMBER) {
      return OPAQUE;
    }
    scanner.advance(matcher.group().length());
    var value = new BigDecimal(matcher.group());
    return new HclTerm.Constant(number(negative ? value.negate() : value));
  }

  private static JsonNode number(BigDecimal value) {
    boolean isLong =
        value.scale() <= 0
            && value.scale() > -LONGEST_NUMBER
            && value.toBigInteger().bitLength() < Long.SIZE;
    return isLong ? JSON.numberNode(value.longValueExact()) : JSON.numberNode(value);
  }

  /** What stands between brackets; empty where it is no list of terms. */
  private Optional<List<HclTerm>> items(String close) {
    var items = new ArrayList<HclTerm>();
    for (scanner.skipSpace(); !scanner.skips(close); scanner.skipSpace()) {
      items.add(term());
      scanner.skipSpace();
      if (!scanner.skips(",") && !scanner.sees(close)) {
        return Optional.empty();
      }
    }
    return Optional.of(items);
  }

  private HclTerm fields() {
    var fields = new ArrayList<HclTerm.Field>();
    for (scanner.skipSpace(); !scanner.skips("}"); scanner.skipSpace()) {
      var name =
          scanner.peek() == '"' && quoted() instanceof HclTerm.Constant(var value)
              ? value.asText()
              : scanner.word();
      scanner.skipBlanks();
      if (name.isEmpty() || scanner.sees("==") || !(scanner.skips("=") || scanner.skips(":"))) {
        return OPAQUE; // computed names, and `for`
      }
      fields.add(new HclTerm.Field(name, term()));
      scanner.skipBlanks();
      if (!scanner.skips(",") && !scanner.skips("\n") && !scanner.sees("}")) {
        return OPAQUE;
      }
    }
    return new HclTerm.Fields(fields);
  }

  private HclTerm quoted() {
    int begin = scanner.at();
    scanner.skipQuoted();
    var inside = scanner.since(begin);
    return HclText.unquoted(inside.substring(1, inside.length() - 1))
        .<HclTerm>map(value -> new HclTerm.Constant(JSON.textNode(value)))
        .orElse(OPAQUE);
  }

  private HclTerm heredoc() {
    int begin = scanner.at();
    scanner.skipHeredoc();
    return HclText.ofHeredoc(scanner.since(begin))
        .<HclTerm>map(value -> new HclTerm.Constant(JSON.textNode(value)))
        .orElse(OPAQUE);
  }
}
