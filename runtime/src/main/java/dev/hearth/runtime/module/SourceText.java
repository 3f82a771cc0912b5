package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * The JavaScript of one source file, and where its lines are. Immutable. Of TypeScript it is what
 * is left without the types, at the same places; what is shown are the lines as they were written.
 *
 * <p>Lines end with LF, CRLF or CR; lines and columns count from 1, columns in UTF-16 units, as in
 * the stack frames of the engine.
 */
public final class SourceText {
  /** A longer line is generated; showing it whole would bury the message. */
  private static final int LONGEST_SHOWN_LINE = 2_000;

  private final String name;
  private final String text;
  private final String written;
  private final Set<String> exportedTypes;
  private final int[] lineStarts;

  /**
   * A source in JavaScript.
   *
   * @param name as the user named the file
   * @param text its text, without byte order mark
   */
  public SourceText(String name, String text) {
    this(name, text, text, Set.of());
  }

  SourceText(String name, String text, String written, Set<String> exportedTypes) {
    this.name = name;
    this.text = text;
    this.written = written;
    this.exportedTypes = exportedTypes;
    this.lineStarts = lineStarts(text);
  }

  /**
   * A source in JavaScript or, by its name, TypeScript.
   *
   * @throws dev.hearth.runtime.HearthException {@link RecipeError#NOT_ERASABLE} or {@link
   *     RecipeError#NOT_TYPESCRIPT}, with its place
   */
  public static SourceText of(String name, String written) {
    return TypeScript.isNamed(name)
        ? TypeScript.read(name, written)
        : new SourceText(name, written);
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

  /** Whether a file of that name is TypeScript. */
  public static boolean isTypeScript(String name) {
    return TypeScript.isNamed(name);
  }

  /**
   * A source from the bytes of its file.
   *
   * @throws dev.hearth.runtime.HearthException as {@link #of}, or when it is not UTF-8
   */
  public static SourceText read(String name, byte[] content) {
    return SourceContent.text(content)
        .map(text -> of(name, text))
        .orElseThrow(
            () -> new HearthException(RecipeError.NOT_UTF8, VisibleText.of(Path.of(name))));
  }

  /** The JavaScript. */
  public String text() {
    return text;
  }

  /** What TypeScript exports as types, so that it is not there when it runs. */
  Set<String> exportedTypes() {
    return exportedTypes;
  }

  /** How many lines there are. */
  public int lines() {
    return lineStarts.length;
  }

  /** A line as it was written; they count from 1. */
  public String line(int line) {
    return line(line - 1, lineStarts[line - 1]);
  }

  private String line(int index, int start) {
    int end = index + 1 < lineStarts.length ? lineStarts[index + 1] : written.length();
    while (end > start && isLineEnd(written.charAt(end - 1))) {
      end--;
    }
    return written.substring(start, end);
  }

  /** The place of the character at {@code offset}; offsets outside mean the nearest end. */
  public Location at(int offset) {
    int inside = Math.clamp(offset, 0, text.length());
    int found = Arrays.binarySearch(lineStarts, inside);
    int line = found >= 0 ? found : -found - 2;
    int start = lineStarts[line];
    var shown = line(line, start);
    return new Location(
        name, line + 1, inside - start + 1, shown.length() > LONGEST_SHOWN_LINE ? null : shown);
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
