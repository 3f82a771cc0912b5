package dev.hearth.repl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Evaluation;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.ValueView;

/**
 * Chooses the form in which a result is shown: rows as a table, what is nested or long as a tree,
 * all else as JavaScript writes it. A pipe gets also a long list or text whole: an item a line.
 */
public final class ValuePrinter {
  private static final int LONGEST_LINE = 72;

  private final Screen screen;

  public ValuePrinter(Screen screen) {
    this.screen = screen;
  }

  /** The result as lines, each ended; nothing for {@code undefined}. */
  public String text(Evaluation answer) {
    if (answer.text() == null) {
      return "";
    }
    var value = answer.value();
    if (value != null && answer.exact() && isBetterDrawn(answer.text(), value)) {
      var view = new ValueView(screen);
      return value.isArray() && !ValueView.isTable(value) ? view.list(value) : view.text(value);
    }
    var text = JavaScriptColours.paint(screen, answer.text()) + "\n";
    return value == null || !answer.exact() ? text : text + new ValueView(screen).rest(value);
  }

  private boolean isBetterDrawn(String text, JsonNode value) {
    if (ValueView.isTable(value)) {
      return true;
    }
    var width = Math.min(LONGEST_LINE, screen.width());
    var isLong = text.length() > width || text.contains("\n");
    return isLong && (value.isObject() || (value.isArray() && screen.kind() == Screen.Kind.PIPE));
  }
}
