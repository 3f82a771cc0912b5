package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** A page of help: what it is, how it is typed, what it takes, how it looks in use. */
final class HelpPage {
  private final List<String> paragraphs = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private String usage = "";

  /** A term and what it means; a line without a meaning is only a term. */
  record Row(String term, String meaning) {}

  private record Section(String heading, List<Row> rows, boolean isTable) {}

  /** A paragraph, which ends its lines where the page does. */
  HelpPage paragraph(String paragraph) {
    paragraphs.add(paragraph);
    return this;
  }

  HelpPage usage(String how) {
    usage = how;
    return this;
  }

  /** A table of terms; nothing when there are none. */
  HelpPage rows(String heading, List<Row> rows) {
    if (!rows.isEmpty()) {
      sections.add(new Section(heading, rows, true));
    }
    return this;
  }

  /** Lines as they are, such as examples; nothing when there are none. */
  HelpPage lines(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      var rows = lines.stream().map(line -> new Row(line, "")).toList();
      sections.add(new Section(heading, rows, false));
    }
    return this;
  }

  /** {@code {schema, type, paragraphs, usage, sections: [{heading, rows: [{term, meaning}]}]}}. */
  ObjectNode json() {
    var document = JsonDocument.of("help");
    paragraphs.stream()
        .filter(paragraph -> !paragraph.isEmpty())
        .forEach(document.withArray("paragraphs")::add);
    document.put("usage", usage);
    var all = document.putArray("sections");
    for (var section : sections) {
      var rows = all.addObject().put("heading", section.heading()).putArray("rows");
      section.rows().forEach(row -> rows.add(json(row)));
    }
    return document;
  }

  private static JsonNode json(Row row) {
    return JsonDocument.object().put("term", row.term().strip()).put("meaning", row.meaning());
  }

  String text(Screen screen) {
    return new Layout(screen).text(this);
  }

  /** The page as text for one screen. */
  private static final class Layout {
    private static final int WIDEST_TERM = 30;

    private final StringBuilder text = new StringBuilder();
    private final Screen screen;
    private final int width;

    Layout(Screen screen) {
      this.screen = screen;
      this.width =
          screen.kind() == Screen.Kind.PIPE ? 80 : Math.min(Math.max(screen.width(), 50), 100);
    }

    String text(HelpPage page) {
      for (var paragraph : page.paragraphs) {
        wrap(paragraph, width).forEach(line -> text.append(line).append('\n'));
      }
      text.append('\n').append(screen.paint(Role.STRONG, "Usage:")).append(' ');
      text.append(page.usage).append('\n');
      for (var section : page.sections) {
        text.append('\n').append(screen.paint(Role.STRONG, section.heading() + ":")).append('\n');
        if (section.isTable()) {
          table(section.rows());
        } else {
          section.rows().forEach(row -> text.append("  ").append(row.term()).append('\n'));
        }
      }
      return text.toString();
    }

    private void table(List<Row> rows) {
      var column = 0;
      for (var row : rows) {
        column =
            row.term().length() <= WIDEST_TERM ? Math.max(column, row.term().length()) : column;
      }
      for (var row : rows) {
        text.append("  ").append(screen.paint(Role.HINT, row.term()));
        var gap = column - row.term().length() + 2;
        if (gap < 2) {
          text.append('\n');
          gap = column + 4;
        }
        var lines = wrap(row.meaning(), width - column - 4);
        text.repeat(' ', gap).append(String.join("\n" + " ".repeat(column + 4), lines));
        text.append('\n');
      }
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
}
