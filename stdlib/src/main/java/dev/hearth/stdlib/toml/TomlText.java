package dev.hearth.stdlib.toml;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text and how far it is read: blanks, line ends, comments, quoted texts. */
final class TomlText {
  private final String text;
  private final String name;
  private int at;

  TomlText(String text, String name) {
    this.text = text;
    this.name = name;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  int at() {
    return at;
  }

  boolean isEnd() {
    return at == text.length();
  }

  /** The next character; 0 at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  boolean take(String sign) {
    if (!text.startsWith(sign, at)) {
      return false;
    }
    at += sign.length();
    return true;
  }

  void blanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Blanks, a comment, and the end of the line or of the text. */
  void lineEnd() {
    blanks();
    comment();
    if (!isEnd() && !newline()) {
      throw syntax(at, "nothing else may stand on this line");
    }
  }

  /** All that stands between values in brackets. */
  void blanksAndLines() {
    do {
      blanks();
      comment();
    } while (newline());
  }

  private boolean newline() {
    return take("\n") || take("\r\n");
  }

  private void comment() {
    if (peek() != '#' || isEnd()) {
      return;
    }
    while (!isEnd() && peek() != '\n' && !text.startsWith("\r\n", at)) {
      requirePrintable(at);
      at++;
    }
  }

  private void requirePrintable(int place) {
    char c = text.charAt(place);
    if ((c < ' ' && c != '\t') || c == 0x7f) {
      throw syntax(place, "the character U+%04X may not stand in TOML".formatted((int) c));
    }
  }

  /** Letters, digits, {@code _} and {@code -}; empty if there are none. */
  String bareKey() {
    int begin = at;
    while (isBare(peek())) {
      at++;
    }
    return text.substring(begin, at);
  }

  private static boolean isBare(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /** A value without quotes; a time may stand after a date and a space. */
  String plain() {
    int begin = at;
    plainCharacters();
    if (peek() == ' '
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at + 1))
        && PlainValue.isDate(text.substring(begin, at))) {
      at++;
      plainCharacters();
    }
    return text.substring(begin, at);
  }

  private void plainCharacters() {
    while (isBare(peek()) || peek() == '+' || peek() == '.' || peek() == ':') {
      at++;
    }
  }

  /** A text in quotes of either kind; {@code null} if none begins here. */
  @Nullable String quoted(boolean mayHaveLines) {
    char quote = peek();
    if (quote != '"' && quote != '\'') {
      return null;
    }
    int open = at;
    var three = String.valueOf(quote).repeat(3);
    boolean lines = mayHaveLines && take(three);
    if (lines) {
      newline();
    } else {
      at++;
    }
    var value = new StringBuilder();
    while (!closes(quote, lines, value)) {
      if (isEnd()) {
        throw syntax(open, "the quote that begins here is never closed");
      }
      character(quote == '"', lines, value);
    }
    return value.toString();
  }

  /** The end, before which one or two quotes may stand that belong to a text of lines. */
  private boolean closes(char quote, boolean lines, StringBuilder value) {
    if (peek() != quote || isEnd()) {
      return false;
    }
    if (!lines) {
      at++;
      return true;
    }
    int count = 0;
    while (count < 5 && peek() == quote && !isEnd()) {
      at++;
      count++;
    }
    value.repeat(quote, count < 3 ? count : count - 3);
    return count >= 3;
  }

  private void character(boolean escapes, boolean lines, StringBuilder value) {
    char c = peek();
    if (c == '\\' && escapes) {
      escape(lines, value);
      return;
    }
    int begin = at;
    if (!(lines && newline())) {
      if (c == '\n' || c == '\r') {
        throw syntax(at, "a text ends on its line, unless it has three quotes");
      }
      requirePrintable(at);
      at++;
    }
    value.append(text, begin, at);
  }

  private void escape(boolean lines, StringBuilder value) {
    int begin = at++;
    if (isEnd()) {
      throw syntax(begin, "the escape is not complete");
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case '"', '\\' -> value.append(c);
      case 'u' -> value.appendCodePoint(codePoint(begin, 4));
      case 'U' -> value.appendCodePoint(codePoint(begin, 8));
      default -> {
        at--;
        blanks();
        if (!lines || !newline()) {
          throw syntax(begin, "there is no such escape");
        }
        do {
          blanks();
        } while (newline());
      }
    }
  }

  private int codePoint(int begin, int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++, at++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw syntax(begin, "the escape has %d hexadecimal digits".formatted(digits));
      }
      value = value * 16 + digit;
    }
    if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value < 0xe000)) {
      throw syntax(begin, "there is no such character");
    }
    return (int) value;
  }

  HearthException syntax(int offset, String what) {
    return error(TomlError.SYNTAX, offset, what);
  }

  HearthException error(TomlError code, int offset, Object... more) {
    var place = TextPlace.at(text, offset);
    var arguments = new ArrayList<Object>(List.of(name, place.line(), place.column()));
    arguments.addAll(List.of(more));
    return place.in(new HearthException(code, arguments.toArray()));
  }

  int line(int offset) {
    return TextPlace.at(text, offset).line();
  }
}
