package dev.hearth.stdlib.docker.compose;

import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.ArrayList;
import java.util.List;

/** The words of a command line that is written as one text: quotes and backslashes, and no more. */
final class Words {
  /** What the plug-in takes for the end of the command, leaving out all that follows. */
  private static final String OF_SHELL = ";&|<>";

  private Words() {}

  static List<String> of(Scalar line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean isOpen = false;
    char quote = 0;
    var text = line.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        isOpen = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        isOpen = true;
      } else if (OF_SHELL.indexOf(c) >= 0) {
        throw line.place()
            .error(
                ComposeError.COMPOSE_VALUE,
                "`%s` has `%c` outside of quotes, which no shell reads"
                    .formatted(line.place().path(), c),
                "Write `sh -c '…'` around it, or put it in quotes.");
      } else if (Character.isWhitespace(c)) {
        if (isOpen) {
          words.add(word.toString());
          word.setLength(0);
          isOpen = false;
        }
      } else {
        word.append(c);
        isOpen = true;
      }
    }
    if (quote != 0) {
      throw line.place()
          .error(
              ComposeError.COMPOSE_VALUE,
              "a quote of `" + line.place().path() + "` is not closed",
              "Close it, or write the command as a list of words.");
    }
    if (isOpen) {
      words.add(word.toString());
    }
    return words;
  }
}
