package dev.hearth.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.hearth.runtime.RunEvent.Tabled;
import dev.hearth.runtime.report.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a value: rows of objects as a table, nested objects as a tree, the rest as text.
 *
 * <p>The forms are for people and may change; programs ask for {@code --json}.
 */
public final class ValueView {
  private static final int MOST_ITEMS = 100;
  private static final int LONGEST_KEY = 40;
  private static final int MOST_CHARACTERS = 10_000;
  private static final String HOW_TO_SEE =
      ": .slice(from, to) shows others, `hearth eval --json` all";

  private final Screen screen;

  public ValueView(Screen screen) {
    this.screen = screen;
  }

  /** The value in the form that fits it, as lines, each ended; a text is shown as it is. */
  public String text(JsonNode value) {
    if (value.isTextual()) {
      var whole = value.asText();
      var shown = Math.min(whole.length(), most(MOST_CHARACTERS));
      var text = SafeText.lines(whole.substring(0, shown)) + "\n";
      return text + more(whole.length() - shown, "character");
    }
    if (isTable(value)) {
      return table(value);
    }
    return value.isContainerNode() && !value.isEmpty() ? tree(value) : scalar(value) + "\n";
  }

  /** The value with one line per leaf, as lines, each ended. */
  public String tree(JsonNode value) {
    var out = new StringBuilder();
    appendChildren(out, value, "", true);
    return out.toString();
  }

  /** A list with one item a line, as lines, each ended. */
  public String list(JsonNode items) {
    var out = new StringBuilder();
    for (var item : items) {
      out.append(item.isTextual() ? SafeText.line(item.asText()) : item.toString()).append('\n');
    }
    return out.toString();
  }

  /**
   * The line that a value needs below its text in JavaScript, which leaves out what is too much;
   * empty when nothing is left out.
   */
  public String rest(JsonNode value) {
    return value.isArray()
        ? more(value.size() - MOST_ITEMS, "item")
        : more(value.asText().length() - MOST_CHARACTERS, "character");
  }

  /** Whether the value is a list of objects whose fields are mostly simple. */
  public static boolean isTable(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      return false;
    }
    var fields = 0;
    var nested = 0;
    for (var row : value) {
      if (!row.isObject() || row.isEmpty()) {
        return false;
      }
      for (var cell : row) {
        fields++;
        nested += isBig(cell) ? 1 : 0;
      }
    }
    return nested * 2 <= fields;
  }

  /** Whether the value is more than a cell can show. */
  static boolean isBig(JsonNode cell) {
    if (cell.isObject()) {
      return !cell.isEmpty();
    }
    if (!cell.isArray()) {
      return false;
    }
    for (var item : cell) {
      if (item.isContainerNode()) {
        return true;
      }
    }
    return false;
  }

  private String table(JsonNode all) {
    var rows = new ArrayList<JsonNode>();
    for (var i = 0; i < Math.min(all.size(), most(MOST_ITEMS)); i++) {
      rows.add(all.get(i));
    }
    var fields = RowFields.of(rows);
    var columns = new ArrayList<Table.Column>();
    for (var field : fields.shown()) {
      var column =
          RowFields.isNumeric(rows, field) ? Table.Column.right(field) : Table.Column.left(field);
      columns.add(columns.isEmpty() && isShort(rows, field) ? column.whole() : column);
    }
    var table = new Table(columns);
    for (var row : rows) {
      table.row(fields.shown().stream().map(field -> cell(row.path(field))).toList());
    }
    return table.text(screen) + nested(fields.nested()) + more(all.size() - rows.size(), "row");
  }

  /**
   * Rows as a table, as lines, each ended.
   *
   * @param columns empty: the fields that say something
   */
  String table(List<JsonNode> rows, List<Tabled.Column> columns) {
    if (rows.isEmpty() && columns.isEmpty()) {
      return "";
    }
    var fields = columns.isEmpty() ? RowFields.of(rows).shown() : List.<String>of();
    var shown =
        columns.isEmpty()
            ? fields.stream().map(field -> new Tabled.Column(field, field)).toList()
            : columns;
    var table = new Table(shown.stream().map(column -> column(column, rows)).toList());
    for (var row : rows) {
      table.row(shown.stream().map(column -> cell(row.path(column.field()))).toList());
    }
    return table.text(screen);
  }

  private static Table.Column column(Tabled.Column column, List<JsonNode> rows) {
    return RowFields.isNumeric(rows, column.field())
        ? Table.Column.right(column.heading())
        : Table.Column.left(column.heading());
  }

  /** Whether a column can be a key: what people copy and type again, and so must see whole. */
  private boolean isShort(List<JsonNode> rows, String field) {
    return rows.stream().allMatch(row -> TextWidth.of(cell(row.path(field))) <= LONGEST_KEY);
  }

  private String nested(List<String> fields) {
    return fields.isEmpty() || screen.kind() == Screen.Kind.PIPE
        ? ""
        : note("not shown in a table: " + SafeText.line(String.join(", ", fields)));
  }

  /** How much of something a reader gets: a pipe gets all. */
  private int most(int forPeople) {
    return screen.kind() == Screen.Kind.PIPE ? Integer.MAX_VALUE : forPeople;
  }

  /** The line that says what was left out and how to see it; nothing when nothing was. */
  private String more(int left, String what) {
    return left <= 0
        ? ""
        : note(
            screen.glyphs().ellipsis() + (" " + Measures.count(left, "more " + what) + HOW_TO_SEE));
  }

  private String note(String text) {
    return screen.paint(Role.FAINT, text) + "\n";
  }

  private static String cell(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING, NULL -> "";
      case ARRAY -> isBig(value) ? Measures.count(value.size(), "item") : joined(value);
      case OBJECT -> value.isEmpty() ? "" : Measures.count(value.size(), "field");
      default -> value.asText();
    };
  }

  private static String joined(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asText()));
    return String.join(", ", texts);
  }

  private record Child(String name, JsonNode value) {}

  private static List<Child> children(JsonNode value) {
    var children = new ArrayList<Child>();
    if (value.isObject()) {
      value
          .properties()
          .forEach(e -> children.add(new Child(SafeText.line(e.getKey()), e.getValue())));
    } else {
      for (var i = 0; i < value.size(); i++) {
        children.add(new Child(String.valueOf(i), value.get(i)));
      }
    }
    return children;
  }

  private void appendChildren(StringBuilder out, JsonNode parent, String trunk, boolean top) {
    var all = children(parent);
    var children = all.subList(0, Math.min(all.size(), most(MOST_ITEMS)));
    var nameWidth =
        children.stream()
            .filter(child -> !opens(child.value()))
            .mapToInt(child -> TextWidth.of(child.name()))
            .max()
            .orElse(0);
    for (var i = 0; i < children.size(); i++) {
      var child = children.get(i);
      var last = i == all.size() - 1;
      var branch = top ? "" : last ? screen.glyphs().lastBranch() : screen.glyphs().branch();
      out.append(screen.paint(Role.FAINT, trunk + branch));
      out.append(screen.paint(Role.KEY, child.name()));
      var below = top ? trunk : trunk + (last ? "   " : screen.glyphs().trunk());
      if (opens(child.value())) {
        out.append('\n');
        appendBelow(out, child.value(), below);
      } else {
        out.repeat(' ', nameWidth - TextWidth.of(child.name()) + 2);
        appendLeaf(out, child.value(), TextWidth.of(trunk + branch) + nameWidth + 2);
      }
    }
    if (children.size() < all.size()) {
      out.append(screen.paint(Role.FAINT, trunk));
      out.append(more(all.size() - children.size(), "item"));
    }
  }

  private void appendBelow(StringBuilder out, JsonNode value, String trunk) {
    if (!isTable(value)) {
      appendChildren(out, value, trunk, false);
      return;
    }
    var indent = trunk + "   ";
    var room = screen.room();
    var narrower =
        new Screen(
            screen.kind(),
            screen.ink(),
            screen.glyphs(),
            () -> room == Integer.MAX_VALUE ? room : Math.max(20, room - TextWidth.of(indent)));
    new ValueView(narrower)
        .table(value)
        .lines()
        .forEach(line -> out.append(screen.paint(Role.FAINT, indent)).append(line).append('\n'));
  }

  /** Whether the value is shown on lines below its name. */
  private static boolean opens(JsonNode value) {
    return value.isObject() ? !value.isEmpty() : value.isArray() && isBig(value);
  }

  private void appendLeaf(StringBuilder out, JsonNode value, int used) {
    var text = scalar(value);
    var lines = text.split("\n", -1);
    out.append(paint(value, lines[0])).append('\n');
    for (var i = 1; i < lines.length; i++) {
      out.repeat(' ', used).append(paint(value, lines[i])).append('\n');
    }
  }

  private String paint(JsonNode value, String text) {
    return switch (value.getNodeType()) {
      case NUMBER -> screen.paint(Role.NUMBER, text);
      case BOOLEAN -> screen.paint(Role.LITERAL, text);
      case NULL, MISSING -> screen.paint(Role.FAINT, text);
      default -> text;
    };
  }

  /** A leaf as text; a text that could be taken for something else is quoted. */
  private static String scalar(JsonNode value) {
    if (value.isArray()) {
      return value.isEmpty() ? "[]" : SafeText.line(joined(value));
    }
    if (value.isObject()) {
      return "{}";
    }
    if (value.getNodeType() != JsonNodeType.STRING) {
      return value.isNull() || value.isMissingNode() ? "null" : value.asText();
    }
    var text = SafeText.lines(value.asText());
    return isAmbiguous(text) ? "'" + text + "'" : text;
  }

  private static boolean isAmbiguous(String text) {
    return text.isBlank()
        || !text.equals(text.strip())
        || text.equals("true")
        || text.equals("false")
        || text.equals("null")
        || text.equals("[]")
        || text.equals("{}")
        || text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  }
}
