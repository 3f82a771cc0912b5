package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport.Location;
import java.util.Arrays;

/**
 * The text of one source file, and where its lines are. Immutable.
 *
 * <p>Lines end with LF, CRLF or CR; lines and columns count from 1, columns in UTF-16 units, as in
 * the stack frames of the engine.
 */
public final class SourceText {
  /** A longer line is generated; showing it whole would bury the message. */
  private static final int LONGEST_SHOWN_LINE = 2_000;

  private final String name;
  private final String text;
  private final int[] lineStarts;

  /**
   * A source.
   *
   * @param name as the user named the file
   * @param text its text, without byte order mark
   */
  public SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    var starts = new int[text.length() / 32 + 2];
    int count = 1; // the first line starts at 0
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The place of the character at {@code offset}; offsets outside mean the nearest end. */
  public Location at(int offset) {
    int inside = Math.clamp(offset, 0, text.length());
    int found = Arrays.binarySearch(lineStarts, inside);
    int line = found >= 0 ? found : -found - 2;
    int start = lineStarts[line];
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
    while (end > start && isLineEnd(text.charAt(end - 1))) {
      end--;
    }
    var shown = end - start > LONGEST_SHOWN_LINE ? null : text.substring(start, end);
    return new Location(name, line + 1, inside - start + 1, shown);
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
