package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a command that is nothing but words: blanks part them, quotes and backslashes mean what
 * they mean to sh. Whatever a shell would do something with (a pipe, a variable, a pattern, a
 * builtin) is left to one.
 */
final class PlainWords {
  /** Means something to a shell wherever it stands without quotes. */
  private static final String SYNTAX = "|&;<>()$`*?[";

  private static final String ESCAPED_IN_DOUBLE_QUOTES = "$`\"\\\n";

  /** First words that no program stands for, or that mean something else than the program. */
  private static final Set<String> SHELL_WORDS =
      Set.of(
          ("! { } if then else elif fi do done case esac while until for in function select time"
                  + " coproc [[ . : alias bg bind break builtin caller cd command compgen complete"
                  + " continue declare dirs disown enable eval exec exit export fc fg getopts hash"
                  + " help history jobs let local logout mapfile popd pushd read readarray readonly"
                  + " return set shift shopt source suspend times trap type typeset ulimit umask"
                  + " unalias unset wait")
              .split(" "));

  private enum Quotes {
    NONE,
    SINGLE,
    DOUBLE
  }

  private final CommandText command;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private Quotes quotes = Quotes.NONE;
  private boolean isInWord;
  private boolean hasValue; // the word that is being read
  private boolean needsShell;
  private boolean hasNextLine; // a line has ended behind the first word
  private boolean isProgramGiven; // the first word has a value in it

  PlainWords(CommandText command) {
    this.command = command;
  }

  /** The words; empty when it takes a shell to find them. */
  Optional<List<String>> read() {
    for (int i = 0; i < command.text().size() && !needsShell; i++) {
      readText(command.text().get(i));
      if (i < command.values().size()) {
        addValue(command.values().get(i));
      }
    }
    if (needsShell) {
      return Optional.empty();
    }
    if (quotes != Quotes.NONE) {
      throw new HearthException(ShellError.MALFORMED, "a quote is opened and not closed");
    }
    endWord();
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new HearthException(ShellError.MALFORMED, "it names no program");
    }
    var isShells = !isProgramGiven && SHELL_WORDS.contains(words.getFirst());
    return isShells ? Optional.empty() : Optional.of(words);
  }

  private void readText(String text) {
    for (int i = 0; i < text.length() && !needsShell; i++) {
      char c = text.charAt(i);
      switch (quotes) {
        case SINGLE -> readInSingleQuotes(c);
        case DOUBLE -> {
          if (c == '\\' && i + 1 < text.length()) {
            readEscapeInDoubleQuotes(text.charAt(++i));
          } else {
            readInDoubleQuotes(c);
          }
        }
        case NONE -> {
          if (c != '\\') {
            readUnquoted(c, text, i);
          } else if (++i < text.length()) {
            readEscaped(text.charAt(i));
          } else {
            throw new HearthException(
                ShellError.MALFORMED, "a backslash stands before a value or the end");
          }
        }
      }
    }
  }

  private void readInSingleQuotes(char c) {
    if (c == '\'') {
      quotes = Quotes.NONE;
    } else {
      word.append(c);
    }
  }

  private void readInDoubleQuotes(char c) {
    if (c == '"') {
      quotes = Quotes.NONE;
    } else {
      needsShell |= c == '$' || c == '`';
      word.append(c);
    }
  }

  private void readEscapeInDoubleQuotes(char c) {
    if (ESCAPED_IN_DOUBLE_QUOTES.indexOf(c) < 0) {
      word.append('\\');
    }
    if (c != '\n') {
      word.append(c);
    }
  }

  private void readEscaped(char c) {
    if (c != '\n') { // a line that goes on
      beginOrContinueWord();
      word.append(c);
    }
  }

  private void readUnquoted(char c, String text, int at) {
    switch (c) {
      case ' ', '\t' -> endWord();
      case '\n' -> {
        endWord();
        hasNextLine = !words.isEmpty();
      }
      case '\'' -> {
        beginOrContinueWord();
        quotes = Quotes.SINGLE;
      }
      case '"' -> {
        beginOrContinueWord();
        quotes = Quotes.DOUBLE;
      }
      default -> {
        needsShell |= SYNTAX.indexOf(c) >= 0 || isExpanded(c, text, at);
        beginOrContinueWord();
        word.append(c);
      }
    }
  }

  /** What follows on another line is another command, and that takes a shell. */
  private void beginOrContinueWord() {
    needsShell |= hasNextLine;
    isInWord = true;
  }

  /** Characters that mean something at some places only. */
  private boolean isExpanded(char c, String text, int at) {
    return switch (c) {
      case '#' -> !isInWord;
      case '~' -> !isInWord || endsWith('=') || endsWith(':');
      case '{' -> isBraceExpansion(text, at);
      case '=' -> words.isEmpty(); // an assignment, perhaps
      default -> false;
    };
  }

  private boolean endsWith(char c) {
    return !word.isEmpty() && word.charAt(word.length() - 1) == c;
  }

  /** {@code {a,b}} and {@code {1..3}}; {@code {}} and {@code {{.Name}}} are words. */
  private static boolean isBraceExpansion(String text, int at) {
    for (int i = at + 1; i < text.length() && " \t\n}".indexOf(text.charAt(i)) < 0; i++) {
      if (text.charAt(i) == ',' || text.startsWith("..", i)) {
        return true;
      }
    }
    return false;
  }

  private void addValue(List<String> value) {
    if (quotes != Quotes.NONE) {
      hasValue = true;
      word.append(String.join(" ", value));
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      if (i > 0) {
        endWord();
      }
      beginOrContinueWord();
      hasValue = true;
      word.append(value.get(i));
    }
  }

  private void endWord() {
    if (isInWord) {
      isProgramGiven |= words.isEmpty() && hasValue;
      words.add(word.toString());
    }
    word.setLength(0);
    isInWord = false;
    hasValue = false;
  }
}
