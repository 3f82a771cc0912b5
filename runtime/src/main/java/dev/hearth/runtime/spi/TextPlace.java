package dev.hearth.runtime.spi;

import dev.hearth.runtime.HearthException;

/**
 * A place in a text that a recipe handed over, for errors about it.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units as editors of JavaScript count
 * @param excerpt the line with a caret below the column
 */
public record TextPlace(int line, int column, String excerpt) {
  private static final int WIDTH = 78;

  /** The place of the character at {@code offset}; the end, when it is beyond. */
  public static TextPlace at(String text, int offset) {
    int end = Math.clamp(offset, 0, text.length());
    int line = 1;
    int begin = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
      line++;
      begin = i + 1;
    }
    return new TextPlace(line, end - begin + 1, excerpt(text, begin, line, end - begin));
  }

  private static String excerpt(String text, int begin, int number, int column) {
    int end = text.indexOf('\n', begin);
    var line = text.substring(begin, end < 0 ? text.length() : end).stripTrailing();
    int from = Math.max(0, Math.min(column - WIDTH / 2, line.length() - WIDTH));
    var shown = line.substring(from, Math.min(line.length(), from + WIDTH)).replace('\t', ' ');
    var margin = "%5d | ".formatted(number);
    return margin
        + shown
        + "\n"
        + " ".repeat(margin.length() - 2)
        + "| "
        + " ".repeat(column - from)
        + "^";
  }

  /** The failure with this place in its details. */
  public HearthException in(HearthException error) {
    return error.with("line", line).with("column", column).with("excerpt", excerpt);
  }
}
