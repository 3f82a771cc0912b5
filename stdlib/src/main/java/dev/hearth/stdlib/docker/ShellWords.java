package dev.hearth.stdlib.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a command into words as a POSIX shell does, without any expansion. */
final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isInWord;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /** The words; empty when a quote is not closed or nothing follows a backslash. */
  static Optional<List<String>> split(String text) {
    return new ShellWords(text).split();
  }

  private Optional<List<String>> split() {
    while (at < text.length()) {
      char next = text.charAt(at++);
      boolean isGood =
          switch (next) {
            case '\'', '"' -> quoted(next);
            case '\\' -> escaped();
            case ' ', '\t', '\n', '\r' -> end();
            default -> add(next);
          };
      if (!isGood) {
        return Optional.empty();
      }
    }
    end();
    return Optional.of(List.copyOf(words));
  }

  private boolean add(char c) {
    isInWord = true;
    word.append(c);
    return true;
  }

  private boolean end() {
    if (isInWord) {
      words.add(word.toString());
      word.setLength(0);
      isInWord = false;
    }
    return true;
  }

  private boolean escaped() {
    if (at == text.length()) {
      return false;
    }
    char next = text.charAt(at++);
    return next == '\n' || add(next); // which goes on in the next line
  }

  private boolean quoted(char quote) {
    isInWord = true;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == quote) {
        return true;
      }
      boolean isEscape =
          quote == '"'
              && next == '\\'
              && at < text.length()
              && "\"\\$`\n".indexOf(text.charAt(at)) >= 0;
      char meant = isEscape ? text.charAt(at++) : next;
      if (!isEscape || meant != '\n') {
        word.append(meant);
      }
    }
    return false;
  }
}
