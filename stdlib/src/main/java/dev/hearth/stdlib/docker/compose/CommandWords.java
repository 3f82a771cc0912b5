package dev.hearth.stdlib.docker.compose;

import java.util.ArrayList;
import java.util.List;

/** The words of a command that is written as one text: quotes and backslashes, and no more. */
public final class CommandWords {
  /** Where a command ends for a shell; there is none that would go on behind it. */
  private static final String OF_SHELL = ";&|<>";

  private static final String SPACES = " \t\r\n";

  /** What a backslash between double quotes means. */
  public enum Backslash {
    /**
     * As in a shell: it is itself, unless it stands before a quote, itself, `$` or a line's end.
     */
    OF_SHELL,
    /** As for the Compose plug-in: what follows is itself. */
    OF_COMPOSE
  }

  private final String text;
  private final Backslash backslash;
  private final FormPlace place;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isInWord;
  private int at;

  private CommandWords(String text, Backslash backslash, FormPlace place) {
    this.text = text;
    this.backslash = backslash;
    this.place = place;
  }

  /** Splits a text into words. */
  public static List<String> of(String text, Backslash backslash, FormPlace place) {
    return new CommandWords(text, backslash, place).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '\'' || next == '"') {
        readQuoted(next);
      } else if (next == '\\') {
        readEscaped();
      } else if (SPACES.indexOf(next) >= 0) {
        end();
      } else if (OF_SHELL.indexOf(next) >= 0) {
        throw place.wrong(
            "has `" + next + "` outside of quotes, which no shell reads",
            "Write `sh -c '…'` around it, or put it in quotes.");
      } else {
        add(next);
      }
    }
    end();
    return List.copyOf(words);
  }

  private void add(char c) {
    isInWord = true;
    word.append(c);
  }

  private void end() {
    if (isInWord) {
      words.add(word.toString());
      word.setLength(0);
      isInWord = false;
    }
  }

  private void readEscaped() {
    if (at == text.length()) {
      throw place.wrong(
          "ends with a backslash, behind which nothing stands", "Take it out, or write `\\\\`.");
    }
    char next = text.charAt(at++);
    if (next != '\n' || backslash == Backslash.OF_COMPOSE) {
      add(next);
    }
  }

  private void readQuoted(char quote) {
    isInWord = true;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == quote) {
        return;
      }
      if (next == '\\' && quote == '"' && escapes()) {
        readEscaped();
      } else {
        word.append(next);
      }
    }
    throw place.wrong("has a quote that is not closed", "Close it, or write a list of words.");
  }

  private boolean escapes() {
    return at < text.length()
        && (backslash == Backslash.OF_COMPOSE || "\"\\$`\n".indexOf(text.charAt(at)) >= 0);
  }
}
