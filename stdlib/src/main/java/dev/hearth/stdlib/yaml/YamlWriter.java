package dev.hearth.stdlib.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.Interruption;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes YAML as people do: block style, quotes only where a text would be read as something else,
 * by readers of YAML 1.1 too, and texts of several lines as blocks.
 */
final class YamlWriter {
  private static final int LONGEST_KEY = 120; // the standard allows 1024 on one line

  private final int indent;
  private final boolean sortKeys;
  private final StringBuilder out = new StringBuilder();

  YamlWriter(YamlPureOps.Write how) {
    this.indent = how.indent();
    this.sortKeys = how.sortKeys();
  }

  String text(JsonNode value) throws InterruptedIOException {
    if (value.isContainerNode() && !value.isEmpty()) {
      block(value, 0);
    } else {
      inline(value, 0);
      out.append('\n');
    }
    return out.toString();
  }

  private void block(JsonNode value, int column) throws InterruptedIOException {
    if (value.isArray()) {
      list(value, column);
    } else {
      map(value, column);
    }
  }

  private void list(JsonNode list, int column) throws InterruptedIOException {
    boolean first = true;
    for (var item : list) {
      Interruption.check();
      if (!first) {
        spaces(column);
      }
      first = false;
      out.append("- ");
      item(item, column + 2);
    }
  }

  /** After a dash a map or a list begins on the same line. */
  private void item(JsonNode item, int column) throws InterruptedIOException {
    if (item.isContainerNode() && !item.isEmpty()) {
      block(item, column);
    } else {
      inline(item, column);
      out.append('\n');
    }
  }

  private void map(JsonNode map, int column) throws InterruptedIOException {
    boolean first = true;
    for (var entry : entries(map)) {
      Interruption.check();
      if (!first) {
        spaces(column);
      }
      first = false;
      key(entry.getKey(), column);
      value(entry.getValue(), column);
    }
  }

  private List<Map.Entry<String, JsonNode>> entries(JsonNode map) {
    var entries = new ArrayList<>(map.properties());
    if (sortKeys) {
      entries.sort(Map.Entry.comparingByKey(Comparator.naturalOrder()));
    }
    return entries;
  }

  private void key(String key, int column) {
    if (key.length() > LONGEST_KEY || key.indexOf('\n') >= 0) {
      out.append("? ").append(ScalarText.quoted(key)).append('\n');
      spaces(column);
    } else {
      out.append(ScalarText.of(key));
    }
    out.append(':');
  }

  private void value(JsonNode value, int column) throws InterruptedIOException {
    if (value.isContainerNode() && !value.isEmpty()) {
      out.append('\n');
      spaces(column + indent);
      block(value, column + indent);
    } else {
      out.append(' ');
      inline(value, column);
      out.append('\n');
    }
  }

  /** What begins on the line where it is named; its further lines stand deeper than it. */
  private void inline(JsonNode value, int column) {
    if (value.isContainerNode()) {
      out.append(value.isArray() ? "[]" : "{}");
    } else if (!value.isTextual()) {
      out.append(value.asText());
    } else if (ScalarText.isBlock(value.textValue())) {
      ScalarText.block(out, value.textValue(), column + indent);
    } else {
      out.append(ScalarText.of(value.textValue()));
    }
  }

  private void spaces(int count) {
    out.repeat(' ', count);
  }
}
