package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import java.util.List;

/**
 * A command as a recipe wrote it: the template's own text, and between each two pieces of it a
 * value. A value is a list of words, which is what an array becomes; most have one.
 *
 * <p>The text is the recipe's and may mean something to a shell. A value never does.
 */
record CommandText(List<String> text, List<List<String>> values) {
  CommandText {
    if (text.size() != values.size() + 1) {
      throw new HearthException(ShellError.MALFORMED, "between two values there is no text");
    }
    text = List.copyOf(text);
    values = values.stream().map(List::copyOf).toList();
  }

  /** The words, when a shell is not needed to find them; else a script for {@code shell}. */
  List<String> commandLine(Shell shell) {
    var words = new PlainWords(this).read();
    return words.orElseGet(() -> shell.commandLine(this));
  }
}
