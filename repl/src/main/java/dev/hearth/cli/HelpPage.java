package dev.hearth.cli;

import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** A page of help: what it is, how it is typed, what it takes, how it looks in use. */
final class HelpPage {
  private static final int WIDEST_TERM = 30;

  private final StringBuilder text = new StringBuilder();
  private final Screen screen;
  private final int width;

  HelpPage(Screen screen) {
    this.screen = screen;
    this.width =
        screen.kind() == Screen.Kind.PIPE ? 80 : Math.min(Math.max(screen.width(), 50), 100);
  }

  /** A term and what it means. */
  record Row(String term, String meaning) {}

  HelpPage paragraph(String paragraph) {
    wrap(paragraph, width).forEach(line -> text.append(line).append('\n'));
    return this;
  }

  HelpPage usage(String usage) {
    text.append('\n').append(screen.paint(Role.STRONG, "Usage:")).append(' ').append(usage);
    text.append('\n');
    return this;
  }

  HelpPage rows(String heading, List<Row> rows) {
    if (rows.isEmpty()) {
      return this;
    }
    heading(heading);
    var column = 0;
    for (var row : rows) {
      column = row.term().length() <= WIDEST_TERM ? Math.max(column, row.term().length()) : column;
    }
    for (var row : rows) {
      text.append("  ").append(screen.paint(Role.HINT, row.term()));
      var gap = column - row.term().length() + 2;
      if (gap < 2) {
        text.append('\n');
        gap = column + 4;
      }
      var lines = wrap(row.meaning(), width - column - 4);
      text.repeat(' ', gap).append(String.join("\n" + " ".repeat(column + 4), lines)).append('\n');
    }
    return this;
  }

  HelpPage lines(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      heading(heading);
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  private void heading(String heading) {
    text.append('\n').append(screen.paint(Role.STRONG, heading + ":")).append('\n');
  }

  private static List<String> wrap(String paragraph, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : paragraph.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
