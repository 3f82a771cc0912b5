package dev.hearth.stdlib.toml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import java.io.InterruptedIOException;

/**
 * Writes TOML as people do: what is no table first, then each table below its header, lists of
 * objects as {@code [[name]]}, texts of several lines between three quotes.
 */
final class TomlWriter {
  private final StringBuilder out = new StringBuilder();

  String text(JsonNode value) throws InterruptedIOException {
    if (!value.isObject()) {
      throw new HearthException(TomlError.NO_TABLE);
    }
    table(value, "");
    return out.toString();
  }

  private void table(JsonNode table, String path) throws InterruptedIOException {
    for (var entry : table.properties()) {
      if (!isTable(entry.getValue()) && !isTables(entry.getValue())) {
        var key = key(entry.getKey());
        out.append(key).append(" = ");
        value(entry.getValue(), path + key, true);
        out.append('\n');
      }
    }
    for (var entry : table.properties()) {
      var name = path + key(entry.getKey());
      if (isTables(entry.getValue())) {
        for (var element : entry.getValue()) {
          header("[[" + name + "]]");
          table(element, name + ".");
        }
      } else if (isTable(entry.getValue())) {
        if (needsHeader(entry.getValue())) {
          header("[" + name + "]");
        }
        table(entry.getValue(), name + ".");
      }
    }
  }

  private void header(String header) throws InterruptedIOException {
    Interruption.check();
    out.append(out.isEmpty() ? "" : "\n").append(header).append('\n');
  }

  /** A table that has only tables exists by their headers. */
  private static boolean needsHeader(JsonNode table) {
    return table.isEmpty()
        || table.valueStream().anyMatch(value -> !isTable(value) && !isTables(value));
  }

  private static boolean isTable(JsonNode value) {
    return value.isObject();
  }

  private static boolean isTables(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.valueStream().allMatch(JsonNode::isObject);
  }

  private void value(JsonNode value, String path, boolean mayHaveLines)
      throws InterruptedIOException {
    Interruption.check();
    switch (value.getNodeType()) {
      case NULL -> throw new HearthException(TomlError.NULL_VALUE, path);
      case ARRAY -> array(value, path);
      case OBJECT -> inline(value, path);
      case NUMBER -> out.append(number(value));
      case STRING -> {
        var text = value.textValue();
        if (mayHaveLines && text.indexOf('\n') >= 0) {
          lines(text);
        } else {
          quoted(text);
        }
      }
      default -> out.append(value.asText());
    }
  }

  /** What has more than 64 bits is no integer of TOML. */
  private static String number(JsonNode value) {
    return value.isBigInteger() ? value.asText() + ".0" : value.asText();
  }

  private void array(JsonNode array, String path) throws InterruptedIOException {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      value(array.get(i), path + "." + i, false);
    }
    out.append(']');
  }

  private void inline(JsonNode table, String path) throws InterruptedIOException {
    out.append('{');
    var before = " ";
    for (var entry : table.properties()) {
      var key = key(entry.getKey());
      out.append(before).append(key).append(" = ");
      value(entry.getValue(), path + "." + key, false);
      before = ", ";
    }
    out.append(table.isEmpty() ? "}" : " }");
  }

  private static String key(String key) {
    boolean isBare = !key.isEmpty();
    for (int i = 0; i < key.length() && isBare; i++) {
      char c = key.charAt(i);
      isBare = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }
    return isBare ? key : new TomlWriter().quoted(key).toString();
  }

  private StringBuilder quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i), text.charAt(i) == '"');
    }
    return out.append('"');
  }

  /** Of three quotes in a row, and of one at the end, the last is escaped. */
  private void lines(String text) {
    out.append("\"\"\"\n");
    int quotes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quotes = c == '"' ? quotes + 1 : 0;
      if (c == '\n') {
        out.append(c);
      } else {
        boolean escaped = c == '"' && (quotes == 3 || i + 1 == text.length());
        character(c, escaped);
        quotes = escaped ? 0 : quotes;
      }
    }
    out.append("\"\"\"");
  }

  private void character(char c, boolean escapedQuote) {
    switch (c) {
      case '\\' -> out.append("\\\\");
      case '"' -> out.append(escapedQuote ? "\\\"" : "\"");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < ' ' || c == 0x7f) {
          out.append("\\u%04X".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
