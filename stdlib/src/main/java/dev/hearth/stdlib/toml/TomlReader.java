package dev.hearth.stdlib.toml;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads TOML 1.0: what each line defines, and whether it may. */
final class TomlReader {
  static final int DEEPEST = 500;

  private final TomlText text;
  private final Table root = new Table(Table.Origin.HEADER);
  private Table current = root;
  private int currentDepth;

  /** One part of a dotted key. */
  private record Part(String key, int offset) {}

  TomlReader(TomlText text) {
    this.text = text;
  }

  Table read() throws InterruptedIOException {
    for (text.blanksAndLines(); !text.isEnd(); text.blanksAndLines()) {
      Interruption.check();
      if (text.take("[[")) {
        header("]]", true);
      } else if (text.take("[")) {
        header("]", false);
      } else {
        keyValue(current, currentDepth);
      }
      text.lineEnd();
    }
    return root;
  }

  private void header(String close, boolean isArray) {
    var path = path(0);
    if (!text.take(close)) {
      throw text.syntax(text.at(), "`" + close + "` is expected");
    }
    var table = root;
    for (var part : path.subList(0, path.size() - 1)) {
      table = passed(table, part);
    }
    current = isArray ? element(table, path.getLast()) : defined(table, path.getLast());
    currentDepth = path.size();
  }

  private Table passed(Table table, Part part) {
    var entry = table.get(part.key);
    if (entry == null) {
      var next = new Table(Table.Origin.PASSED);
      table.put(part.key, next, part.offset);
      return next;
    }
    return switch (entry.value()) {
      case Table next when next.origin() != Table.Origin.INLINE -> next;
      case Table.Array array -> array.tables().getLast();
      default -> throw complete(part, entry);
    };
  }

  private Table defined(Table table, Part part) {
    var entry = table.get(part.key);
    if (entry == null) {
      var next = new Table(Table.Origin.HEADER);
      table.put(part.key, next, part.offset);
      return next;
    }
    if (entry.value() instanceof Table next && next.origin() == Table.Origin.PASSED) {
      next.define(Table.Origin.HEADER);
      return next;
    }
    throw duplicate(part, entry);
  }

  private Table element(Table table, Part part) {
    var entry = table.get(part.key);
    if (entry == null) {
      var array = new Table.Array();
      table.put(part.key, array, part.offset);
      return array.add();
    }
    if (entry.value() instanceof Table.Array array) {
      return array.add();
    }
    throw duplicate(part, entry);
  }

  private void keyValue(Table table, int depth) throws InterruptedIOException {
    var path = path(depth);
    if (!text.take("=")) {
      throw text.syntax(text.at(), "`=` is expected");
    }
    text.blanks();
    var target = table;
    for (var part : path.subList(0, path.size() - 1)) {
      target = dotted(target, part);
    }
    var last = path.getLast();
    var before = target.get(last.key);
    if (before != null) {
      throw duplicate(last, before);
    }
    target.put(last.key, value(depth + path.size()), last.offset);
  }

  private Table dotted(Table table, Part part) {
    var entry = table.get(part.key);
    if (entry == null) {
      var next = new Table(Table.Origin.DOTTED);
      table.put(part.key, next, part.offset);
      return next;
    }
    if (entry.value() instanceof Table next
        && (next.origin() == Table.Origin.DOTTED || next.origin() == Table.Origin.PASSED)) {
      next.define(Table.Origin.DOTTED);
      return next;
    }
    throw complete(part, entry);
  }

  /** A dotted key and the blanks around it. */
  private List<Part> path(int depth) {
    var parts = new ArrayList<Part>();
    do {
      text.blanks();
      int begin = text.at();
      if (depth + parts.size() >= DEEPEST) {
        throw text.error(TomlError.TOO_DEEP, begin, DEEPEST);
      }
      var quoted = text.quoted(false);
      var key = quoted == null ? text.bareKey() : quoted;
      if (quoted == null && key.isEmpty()) {
        throw text.syntax(begin, "a key is expected");
      }
      parts.add(new Part(key, begin));
      text.blanks();
    } while (text.take("."));
    return parts;
  }

  private Node value(int depth) throws InterruptedIOException {
    Interruption.check();
    int begin = text.at();
    if (depth >= DEEPEST) {
      throw text.error(TomlError.TOO_DEEP, begin, DEEPEST);
    }
    var quoted = text.quoted(true);
    if (quoted != null) {
      return new Node.Text(quoted);
    }
    if (text.take("[")) {
      return array(depth + 1);
    }
    if (text.take("{")) {
      return inline(depth + 1);
    }
    var plain = text.plain();
    var value = PlainValue.of(plain);
    if (value == null) {
      throw text.syntax(begin, refused(plain));
    }
    return value;
  }

  private static String refused(String plain) {
    if (plain.isEmpty()) {
      return "a value is expected";
    }
    var shown = plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    return "`" + shown + "` is no number, date or word of TOML; a text has quotes";
  }

  private Node array(int depth) throws InterruptedIOException {
    var values = new ArrayList<Node>();
    for (text.blanksAndLines(); !text.take("]"); text.blanksAndLines()) {
      values.add(value(depth));
      text.blanksAndLines();
      if (!text.take(",") && text.peek() != ']') {
        throw text.syntax(text.at(), "`,` or `]` is expected");
      }
    }
    return new Node.Values(values);
  }

  private Node inline(int depth) throws InterruptedIOException {
    var table = new Table(Table.Origin.DOTTED);
    text.blanks();
    if (!text.take("}")) {
      do {
        keyValue(table, depth);
        text.blanks();
      } while (text.take(","));
      if (!text.take("}")) {
        throw text.syntax(text.at(), "`,` or `}` is expected");
      }
    }
    table.close();
    return table;
  }

  private HearthException duplicate(Part part, Table.Entry before) {
    return text.error(TomlError.DUPLICATE_KEY, part.offset, part.key, text.line(before.offset()));
  }

  private HearthException complete(Part part, Table.Entry before) {
    return text.error(TomlError.NOT_EXTENDABLE, part.offset, part.key, text.line(before.offset()));
  }
}
