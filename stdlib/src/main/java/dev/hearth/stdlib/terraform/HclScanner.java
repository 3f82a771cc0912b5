package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;

/** A text in Terraform's language and a place in it: what its smallest pieces are. */
final class HclScanner {
  private static final int DEEPEST = 200;

  private final String file;
  private final String text;
  private int at;

  HclScanner(String file, String text) {
    this.file = file;
    this.text = text;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  char peek() {
    return isAtEnd() ? '\0' : text.charAt(at);
  }

  boolean sees(String what) {
    return text.startsWith(what, at);
  }

  /** Steps over it, if it stands here. */
  boolean skips(String what) {
    if (!sees(what)) {
      return false;
    }
    at += what.length();
    return true;
  }

  void advance(int characters) {
    at += characters;
  }

  String since(int begin) {
    return text.substring(begin, at);
  }

  int line() {
    return TextPlace.at(text, at).line();
  }

  /** Steps over blanks, line ends and comments. */
  void skipSpace() {
    while (skipsBlank() || skips("\n")) {}
  }

  /** Steps over blanks and comments, and stays in the line. */
  void skipBlanks() {
    while (skipsBlank()) {}
  }

  private boolean skipsBlank() {
    char c = peek();
    if (c == ' ' || c == '\t' || c == '\r') {
      at++;
      return !isAtEnd();
    }
    if (c == '#' || sees("//")) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
      return !isAtEnd();
    }
    if (sees("/*")) {
      int end = text.indexOf("*/", at + 2);
      if (end < 0) {
        throw wrong(at, "the comment has no end");
      }
      at = end + 2;
      return !isAtEnd();
    }
    return false;
  }

  /** The name that stands here, or nothing. */
  String word() {
    int begin = at;
    if (Character.isUnicodeIdentifierStart(peek()) || peek() == '_') {
      at++;
      while (!isAtEnd() && (Character.isUnicodeIdentifierPart(peek()) || peek() == '-')) {
        at++;
      }
    }
    return since(begin);
  }

  /** Steps over an expression, to the end of its line or of what it stands in. */
  void skipExpression() {
    skipTo('\n', 0);
  }

  /**
   * Steps to a closing character, over all that is nested.
   *
   * @param close what ends it; a line end for an expression, which a closing brace ends as well
   */
  private void skipTo(char close, int depth) {
    int begin = at;
    if (depth > DEEPEST) {
      throw wrong(at, "it is nested more than " + DEEPEST + " levels deep");
    }
    while (!isAtEnd()) {
      char c = peek();
      boolean endsLine = c == '}' || c == '#' || sees("//");
      if (c == close || (close == '\n' && endsLine)) {
        return;
      }
      switch (c) {
        case '"' -> skipQuoted(depth);
        case '(' -> skipPair(')', depth);
        case '[' -> skipPair(']', depth);
        case '{' -> skipPair('}', depth);
        case ')', ']', '}' -> throw wrong(at, "`" + c + "` closes nothing");
        default -> skipPlain();
      }
    }
    if (close != '\n') {
      throw wrong(begin - 1, "`" + text.charAt(begin - 1) + "` is not closed");
    }
  }

  private void skipPair(char close, int depth) {
    at++;
    skipTo(close, depth + 1);
    at++;
  }

  private void skipPlain() {
    if (sees("<<")) {
      skipHeredoc();
    } else if (!skipsBlank()) {
      at++;
    }
  }

  /** Steps over a quoted text with what is computed in it. */
  void skipQuoted() {
    skipQuoted(0);
  }

  private void skipQuoted(int depth) {
    int begin = at;
    at++;
    while (!isAtEnd() && peek() != '\n') {
      if (skips("\"")) {
        return;
      }
      boolean isPlain = skips("$${") || skips("%%{");
      if (!isPlain && (skips("${") || skips("%{"))) {
        skipTo('}', depth + 1);
        at++;
      } else if (!isPlain) {
        at += peek() == '\\' ? 2 : 1;
      }
    }
    throw wrong(begin, "the text is not closed in its line");
  }

  /** Steps over {@code <<END … END}; the line end after it stays. */
  void skipHeredoc() {
    int begin = at;
    at += 2;
    var _ = skips("-");
    var marker = word();
    if (marker.isEmpty()) {
      throw wrong(begin, "`<<` is not followed by a word");
    }
    int line = text.indexOf('\n', at);
    while (line >= 0) {
      int end = text.indexOf('\n', line + 1);
      int stop = end < 0 ? text.length() : end;
      if (text.substring(line + 1, stop).strip().equals(marker)) {
        at = stop;
        return;
      }
      line = end;
    }
    throw wrong(begin, "there is no line `" + marker + "` that ends the text");
  }

  /** The failure that something is wrong at a place. */
  HearthException wrong(int offset, String what) {
    var place = TextPlace.at(text, offset);
    return place.in(
        new HearthException(TerraformError.SYNTAX, file, place.line(), place.column(), what));
  }
}
