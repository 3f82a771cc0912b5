package dev.hearth.repl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Evaluation;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.ValueView;

/**
 * Chooses the form in which a result is shown: rows as a table, what is nested or long as a tree,
 * all else as JavaScript writes it.
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
    if (value != null && isData(answer.text()) && isBetterDrawn(answer.text(), value)) {
      return new ValueView(screen).text(value);
    }
    return JavaScriptColours.paint(screen, answer.text()) + "\n";
  }

  /** Functions and cycles would be lost in JSON, so what holds them is shown as it is. */
  private static boolean isData(String text) {
    return !text.contains("[Function") && !text.contains("[Circular") && !text.startsWith("Map(");
  }

  private boolean isBetterDrawn(String text, JsonNode value) {
    if (ValueView.isTable(value)) {
      return true;
    }
    var width = Math.min(LONGEST_LINE, screen.width());
    return value.isObject() && (text.length() > width || text.contains("\n"));
  }
}
