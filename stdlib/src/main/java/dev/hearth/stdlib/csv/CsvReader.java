package dev.hearth.stdlib.csv;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import dev.hearth.runtime.spi.TextPlace;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as RFC 4180 describes them. What it leaves open is strict: a quote stands only around
 * a field or, doubled, in one that has quotes around it, and all rows have as many fields as the
 * first. Empty lines are no rows.
 */
final class CsvReader {
  private final String text;
  private final String name;
  private final Dialect dialect;
  private int at;
  private int rowBegin;
  private int expected = -1;

  CsvReader(String text, String name, Dialect dialect) {
    this.text = text;
    this.name = name;
    this.dialect = dialect;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** From here on rows must have that many fields. */
  void expect(int fields) {
    expected = fields;
  }

  /** The next row; {@code null} after the last. */
  @Nullable List<String> row() throws InterruptedIOException {
    Interruption.check();
    while (at < text.length() && isLineEnd(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return null;
    }
    rowBegin = at;
    var fields = new ArrayList<String>(Math.max(expected, 4));
    fields.add(field());
    while (at < text.length() && text.charAt(at) == dialect.delimiter()) {
      at++;
      fields.add(field());
    }
    if (expected < 0) {
      expected = fields.size();
    } else if (fields.size() != expected) {
      int count = fields.size();
      throw error(CsvError.RAGGED_ROW, rowBegin, count, count == 1 ? "field" : "fields", expected);
    }
    return fields;
  }

  /** An error about the row that was read last. */
  HearthException errorInRow(CsvError code, Object... more) {
    return error(code, rowBegin, more);
  }

  private String field() {
    if (at < text.length() && text.charAt(at) == dialect.quote()) {
      return quoted();
    }
    int begin = at;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == dialect.delimiter() || isLineEnd(c)) {
        break;
      }
      if (c == dialect.quote()) {
        throw error(CsvError.SYNTAX, at, "a quote stands inside a field without quotes around it");
      }
    }
    return text.substring(begin, at);
  }

  private String quoted() {
    int open = at++;
    int end = closing(open);
    if (end + 1 == text.length() || !isQuote(end + 1)) {
      var field = text.substring(at, end); // most have no doubled quotes
      after(end);
      return field;
    }
    var field = new StringBuilder();
    while (isQuote(end + 1)) {
      field.append(text, at, end + 1);
      at = end + 2;
      end = closing(open);
    }
    field.append(text, at, end);
    after(end);
    return field.toString();
  }

  private boolean isQuote(int place) {
    return place < text.length() && text.charAt(place) == dialect.quote();
  }

  private int closing(int open) {
    int end = text.indexOf(dialect.quote(), at);
    if (end < 0) {
      throw error(CsvError.SYNTAX, open, "the quote that begins here is never closed");
    }
    return end;
  }

  private void after(int end) {
    at = end + 1;
    if (at < text.length()) {
      char c = text.charAt(at);
      if (c != dialect.delimiter() && !isLineEnd(c)) {
        throw error(
            CsvError.SYNTAX,
            at,
            "after a closing quote comes the delimiter or the end of the line");
      }
    }
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private HearthException error(CsvError code, int offset, Object... more) {
    var place = TextPlace.at(text, offset);
    var arguments = new ArrayList<Object>(List.of(name, place.line(), place.column()));
    arguments.addAll(List.of(more));
    return place.in(new HearthException(code, arguments.toArray()));
  }
}
