package dev.hearth.runtime.module.typescript;

import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The tokens of a text, one after the other. What a {@code /}, a {@code >}, a {@code <} or the
 * {@code }} of a template begins depends on what is being read: whoever reads asks for it.
 */
final class Tokens {
  enum Kind {
    NAME,
    PRIVATE_NAME,
    NUMBER,
    STRING,
    /** The backtick that begins a template; its parts are read by {@link #readTemplatePart}. */
    TEMPLATE,
    PUNCTUATOR,
    END
  }

  /** Longest first. Those that begin with {@code <} or {@code >} are put together on demand. */
  private static final String[] PUNCTUATORS = {
    "...", "===", "!==", "**=", "&&=", "||=", "??=", "=>", "==", "!=", "<=", "**", "++", "--", "&&",
    "||", "??", "?.", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="
  };

  private static final Set<String> ANGLES = Set.of("<<=", "<<", ">>>=", ">>=", ">=", ">>>", ">>");

  private final String text;
  private final Edits edits;

  private Kind kind = Kind.END;
  private int start;
  private int end;
  private int previousEnd;
  private boolean afterLineEnd;

  Tokens(String text, Edits edits) {
    this.text = text;
    this.edits = edits;
    end = text.startsWith("#!") ? lineEndFrom(0) : 0;
    advance();
  }

  private record Mark(
      Kind kind, int start, int end, int previousEnd, boolean afterLineEnd, int edits) {}

  /** Reads something if it is there; else all is as it was before. */
  boolean attempt(BooleanSupplier reading) {
    var mark = new Mark(kind, start, end, previousEnd, afterLineEnd, edits.size());
    try {
      if (reading.getAsBoolean()) {
        return true;
      }
    } catch (Mismatch isSomethingElse) {
      // The caller reads it as that.
    }
    reset(mark);
    return false;
  }

  /** Whether {@code reading} succeeds here; nothing is read. */
  boolean ahead(BooleanSupplier reading) {
    var mark = new Mark(kind, start, end, previousEnd, afterLineEnd, edits.size());
    try {
      return reading.getAsBoolean();
    } catch (Mismatch isSomethingElse) {
      return false;
    } finally {
      reset(mark);
    }
  }

  private void reset(Mark mark) {
    kind = mark.kind;
    start = mark.start;
    end = mark.end;
    previousEnd = mark.previousEnd;
    afterLineEnd = mark.afterLineEnd;
    edits.shrink(mark.edits);
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Where the token before this one ended. */
  int previousEnd() {
    return previousEnd;
  }

  /** Whether a line ends between the token before and this one. */
  boolean afterLineEnd() {
    return afterLineEnd;
  }

  /** Whether the token before this one ends with that. */
  boolean isAfter(char last) {
    return previousEnd > 0 && text.charAt(previousEnd - 1) == last;
  }

  /** Whether this token begins with that, directly behind the one before. */
  boolean isJoined(char first) {
    return start == previousEnd && charAt(start) == first;
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Whether this is that punctuator or that word. */
  boolean is(String word) {
    return (kind == Kind.PUNCTUATOR || kind == Kind.NAME)
        && end - start == word.length()
        && text.startsWith(word, start);
  }

  boolean isOneOf(Set<String> words) {
    return (kind == Kind.PUNCTUATOR || kind == Kind.NAME)
        && words.contains(text.substring(start, end));
  }

  String word() {
    return text.substring(start, end);
  }

  boolean hasLineEnd(int from, int to) {
    return text.substring(from, to).chars().anyMatch(c -> isLineEnd((char) c));
  }

  boolean take(String word) {
    if (!is(word)) {
      return false;
    }
    advance();
    return true;
  }

  void expect(String word) {
    if (!take(word)) {
      throw new Mismatch(start);
    }
  }

  void expect(Kind wanted) {
    if (kind != wanted) {
      throw new Mismatch(start);
    }
    advance();
  }

  Mismatch mismatch() {
    return new Mismatch(start);
  }

  /** Whether the next token is that word, on the same line. */
  boolean isBefore(String word) {
    return ahead(
        () -> {
          advance();
          return is(word) && !afterLineEnd;
        });
  }

  void advance() {
    previousEnd = end;
    afterLineEnd = false;
    start = skipBlanks(end);
    if (start == text.length()) {
      kind = Kind.END;
      end = start;
      return;
    }
    char c = text.charAt(start);
    if (isDigit(c) || (c == '.' && isDigit(charAt(start + 1)))) {
      kind = Kind.NUMBER;
      end = numberEnd(start);
    } else if (c == '"' || c == '\'') {
      kind = Kind.STRING;
      end = stringEnd(start);
    } else if (c == '`') {
      kind = Kind.TEMPLATE;
      end = start + 1;
    } else if (c == '#') {
      kind = Kind.PRIVATE_NAME;
      end = nameEnd(start + 1);
    } else if (nameEnd(start) > start) {
      kind = Kind.NAME;
      end = nameEnd(start);
    } else {
      kind = Kind.PUNCTUATOR;
      end = punctuatorEnd(start);
    }
  }

  /** Reads the {@code /} of here as the beginning of a regular expression, whole. */
  void readRegularExpression() {
    boolean inClass = false;
    int at = start + 1;
    for (; ; at++) {
      char c = charAt(at);
      if (at >= text.length() || isLineEnd(c)) {
        throw new Mismatch(start);
      } else if (c == '\\') {
        at++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        break;
      }
    }
    end = nameEnd(at + 1); // its flags
    advance();
  }

  /** Has an angle be all the angles and the {@code =} that follow it directly. */
  void joinAngles() {
    for (int length = 4; length > 1; length--) {
      if (start + length <= text.length()
          && ANGLES.contains(text.substring(start, start + length))) {
        end = start + length;
        return;
      }
    }
  }

  /**
   * Reads on in a template, from behind the current token.
   *
   * @return whether a substitution follows, whose first token is then the current one; else the
   *     template has ended
   */
  boolean readTemplatePart() {
    for (int at = end; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '`' || (c == '$' && charAt(at + 1) == '{')) {
        end = c == '`' ? at + 1 : at + 2;
        advance();
        return c != '`';
      }
    }
    throw new Mismatch(start);
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("//", at)) {
        at = lineEndFrom(at);
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        if (close < 0) {
          throw new Mismatch(at);
        }
        afterLineEnd |= hasLineEnd(at, close);
        at = close + 2;
      } else if (isLineEnd(c)) {
        afterLineEnd = true;
        at++;
      } else if (c == ' ' || c == '\t' || c == 0x0B || c == '\f' || c == 0xFEFF || isSpace(c)) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private int lineEndFrom(int from) {
    int at = from;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
  }

  private int stringEnd(int from) {
    char quote = text.charAt(from);
    for (int at = from + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        return at + 1;
      }
      if (c == '\n' || c == '\r') {
        break;
      }
      if (c == '\\') {
        at += text.startsWith("\r\n", at + 1) ? 2 : 1;
      }
    }
    throw new Mismatch(from);
  }

  private int numberEnd(int from) {
    boolean isDecimal = charAt(from) != '0' || "xXoObB".indexOf(charAt(from + 1)) < 0;
    boolean hasPoint = false;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isExponent = isDecimal && (c == 'e' || c == 'E');
      if (isExponent && (charAt(at + 1) == '+' || charAt(at + 1) == '-')) {
        at += 2;
      } else if (isDigit(c) || c == '_' || Character.isLetter(c)) {
        at++;
      } else if (c == '.' && isDecimal && !hasPoint) {
        hasPoint = true;
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  private int nameEnd(int from) {
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (c == '\\' && charAt(at + 1) == 'u') {
        at = charAt(at + 2) == '{' ? text.indexOf('}', at) + 1 : at + 6;
        if (at <= from || at > text.length()) {
          throw new Mismatch(from);
        }
      } else if (at == from ? isNameStart(c) : isNamePart(c)) {
        at += Character.charCount(c);
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isNameStart(int c) {
    return c == '$' || c == '_' || Character.isUnicodeIdentifierStart(c);
  }

  private static boolean isNamePart(int c) {
    return c == '$'
        || c == 0x200C
        || c == 0x200D
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private int punctuatorEnd(int from) {
    for (var each : PUNCTUATORS) {
      if (text.startsWith(each, from)) {
        boolean isChoice = each.equals("?.") && isDigit(charAt(from + 2)); // `a ?.5 : b`
        return isChoice ? from + 1 : from + each.length();
      }
    }
    return from + 1;
  }

  private char charAt(int at) {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
