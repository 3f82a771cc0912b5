package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Texts in a script for {@code sh}. */
final class ShellText {
  private ShellText() {}

  /** One word, whatever is in it. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** A call with its arguments. */
  static String call(String function, String... arguments) {
    List<String> words = new ArrayList<>(List.of(function));
    for (var argument : arguments) {
      words.add(quoted(argument));
    }
    return String.join(" ", words);
  }

  /** A command of a specification as a line: a text as it is, a list as words. */
  static String line(JsonNode command) {
    if (command.isTextual()) {
      return command.textValue();
    }
    List<String> words = new ArrayList<>();
    command.forEach(word -> words.add(quoted(word.asText())));
    return String.join(" ", words);
  }
}
