package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of an ssh_config.
 *
 * @param keyword in lower case, as case does not matter there
 * @param arguments without their quotes
 * @param place for messages: {@code /home/ada/.ssh/config:12}
 */
record ConfigLine(String keyword, List<String> arguments, String place) {
  /** The lines of a file that say something. */
  static List<ConfigLine> parse(String text, String file) {
    var lines = new ArrayList<ConfigLine>();
    int number = 0;
    for (var line : text.split("\r?\n|\r", -1)) {
      number++;
      var words = words(line.strip(), file + ":" + number);
      if (!words.isEmpty()) {
        lines.add(
            new ConfigLine(
                words.getFirst().toLowerCase(Locale.ROOT),
                List.copyOf(words.subList(1, words.size())),
                file + ":" + number));
      }
    }
    return lines;
  }

  /** The words of a line; a comment ends it, and {@code =} may stand after the keyword. */
  private static List<String> words(String line, String place) {
    var words = new ArrayList<String>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c) || (c == '=' && words.size() == 1)) {
        at++;
      } else if (c == '#') {
        break;
      } else {
        var word = new StringBuilder();
        at = word(line, at, words.isEmpty(), word, place);
        words.add(word.toString());
      }
    }
    return words;
  }

  private static int word(
      String line, int start, boolean isKeyword, StringBuilder word, String place) {
    int at = start;
    char quote = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      boolean escapes =
          c == '\\' && at + 1 < line.length() && "\"'\\".indexOf(line.charAt(at + 1)) >= 0;
      if (escapes) {
        word.append(line.charAt(at + 1));
        at += 2;
        continue;
      }
      if (quote == 0 && (Character.isWhitespace(c) || (isKeyword && c == '='))) {
        return at;
      }
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote == c) {
        quote = 0;
      } else {
        word.append(c);
      }
      at++;
    }
    if (quote != 0) {
      throw new HearthException(SshError.CONFIG_SYNTAX, place, line);
    }
    return at;
  }

  /** The first argument; fails without one. */
  String argument() {
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      throw wrong();
    }
    return arguments.getFirst();
  }

  /** The failure for a line that makes no sense. */
  HearthException wrong() {
    return new HearthException(SshError.CONFIG_SYNTAX, place, text());
  }

  private String text() {
    return (keyword + " " + String.join(" ", arguments)).strip();
  }
}
