package dev.hearth.terminal;

import dev.hearth.runtime.report.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows under headings, two spaces between columns, without frames so that it can be copied. On a
 * terminal the widest columns are cut until the row fits, but for keys; a pipe gets everything.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 6;
  private static final int READABLE = 16;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** On which side a column is flush. */
  public enum Align {
    LEFT,
    RIGHT
  }

  /** What becomes of a column for which there is little room. */
  public enum Narrowing {
    /** Its cells are cut. */
    CUT,
    /** It is shown whole or, when others need the room, not at all; the first column is always. */
    WHOLE
  }

  /** A heading, the side on which its column is flush, and how it gets narrow. */
  public record Column(String heading, Align align, Narrowing narrowing) {
    public static Column left(String heading) {
      return new Column(heading, Align.LEFT, Narrowing.CUT);
    }

    public static Column right(String heading) {
      return new Column(heading, Align.RIGHT, Narrowing.CUT);
    }

    /** The same column, of which no cell is ever cut, such as one of ids that people copy. */
    public Column whole() {
      return new Column(heading, align, Narrowing.WHOLE);
    }

    private int atLeast(int width, int usual) {
      return narrowing == Narrowing.WHOLE ? width : Math.min(width, usual);
    }
  }

  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Adds a row; cells are escaped here. */
  public Table row(String... cells) {
    return row(List.of(cells));
  }

  /** Adds a row; cells are escaped here. */
  public Table row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "A row has " + cells.size() + " cells for " + columns.size() + " columns.");
    }
    rows.add(cells.stream().map(SafeText::line).toList());
    return this;
  }

  /** The table as lines, each ended. */
  public String text(Screen screen) {
    var widths = naturalWidths();
    var shown = fit(widths, screen.room());
    var out = new StringBuilder();
    var headings = columns.stream().map(column -> SafeText.line(column.heading())).toList();
    appendRow(out, headings, widths, shown, screen, Role.STRONG);
    for (var row : rows) {
      appendRow(out, row, widths, shown, screen, null);
    }
    if (shown < columns.size()) {
      var hidden = columns.subList(shown, columns.size()).stream().map(Column::heading).toList();
      var note = "not shown for want of room: " + SafeText.line(String.join(", ", hidden));
      out.append(screen.paint(Role.FAINT, note)).append('\n');
    }
    return out.toString();
  }

  private int[] naturalWidths() {
    var widths = new int[columns.size()];
    for (var i = 0; i < widths.length; i++) {
      widths[i] = TextWidth.of(SafeText.line(columns.get(i).heading()));
      for (var row : rows) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    return widths;
  }

  /**
   * Narrows {@code widths} to the room; returns how many columns are shown. A few columns that can
   * be read are better than all of them cut to nothing.
   */
  private int fit(int[] widths, int room) {
    var readable = atLeast(widths, READABLE);
    var narrowest = atLeast(widths, NARROWEST);
    var shown = widths.length;
    while (shown > 2 && total(readable, shown) > room) {
      shown--;
    }
    while (true) {
      var excess = total(widths, shown) - room;
      if (excess <= 0) {
        return shown;
      }
      var widest = widest(widths, narrowest, shown);
      if (widths[widest] > narrowest[widest]) {
        var next = secondWidest(widths, shown, widths[widest]);
        var step = Math.max(1, widths[widest] - Math.max(next, narrowest[widest]));
        widths[widest] -= (int) Math.min(excess, step);
      } else if (shown > 1) {
        shown--;
      } else {
        return shown;
      }
    }
  }

  private static long total(int[] widths, int shown) {
    return Arrays.stream(widths, 0, shown).asLongStream().sum() + (long) GAP * (shown - 1);
  }

  private int[] atLeast(int[] widths, int usual) {
    return IntStream.range(0, widths.length)
        .map(i -> columns.get(i).atLeast(widths[i], usual))
        .toArray();
  }

  /** The widest of those that can get narrower; the first column when none can. */
  private static int widest(int[] widths, int[] narrowest, int shown) {
    return IntStream.range(0, shown)
        .filter(i -> widths[i] > narrowest[i])
        .reduce((a, b) -> widths[b] > widths[a] ? b : a)
        .orElse(0);
  }

  private static int secondWidest(int[] widths, int shown, int widest) {
    return Arrays.stream(widths, 0, shown).filter(width -> width < widest).max().orElse(0);
  }

  private void appendRow(
      StringBuilder out,
      List<String> cells,
      int[] widths,
      int shown,
      Screen screen,
      @Nullable Role role) {
    var line = new StringBuilder();
    for (var i = 0; i < shown; i++) {
      var cell = TextWidth.cut(cells.get(i), widths[i], screen.glyphs().ellipsis());
      var gap = " ".repeat(widths[i] - TextWidth.of(cell));
      var painted = role == null ? cell : screen.paint(role, cell);
      line.append(i == 0 ? "" : " ".repeat(GAP));
      line.append(columns.get(i).align() == Align.RIGHT ? gap + painted : painted + gap);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
