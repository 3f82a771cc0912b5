package dev.hearth.stdlib.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV to JSON and back. */
final class CsvPureOps {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** What to do with texts that a spreadsheet would compute. */
  enum Formulas {
    keep,
    escape
  }

  /**
   * How to read.
   *
   * @param name what errors call the text
   * @param header {@code true}: the first row names the columns; {@code false}: rows are lists; or
   *     the names
   */
  record Read(
      @Nullable String name,
      @Nullable String delimiter,
      @Nullable String quote,
      @Nullable JsonNode header) {
    Read {
      requireHeader(header);
      Dialect.of(delimiter, quote);
    }

    CsvReader reader(String text) {
      var shown = name == null ? "The text" : "`" + name + "`";
      return new CsvReader(text, shown, Dialect.of(delimiter, quote));
    }
  }

  /**
   * How to write.
   *
   * @param header whether the columns' names are the first row, or those to write
   * @param newline what ends a row
   * @param byteOrderMark whether the text begins with a mark that tells spreadsheets it is UTF-8
   */
  record Write(
      @Nullable String delimiter,
      @Nullable String quote,
      @Nullable JsonNode header,
      @Nullable String newline,
      @Nullable Boolean byteOrderMark,
      @Nullable Formulas formulas) {
    Write {
      requireHeader(header);
      Dialect.of(delimiter, quote);
      if (newline != null && !newline.equals("\n") && !newline.equals("\r\n")) {
        throw new IllegalArgumentException("`newline` is '\\n' or '\\r\\n'.");
      }
    }

    Dialect dialect() {
      return Dialect.of(delimiter, quote);
    }

    String lineEnd() {
      return newline == null ? "\r\n" : newline;
    }

    boolean bom() {
      return byteOrderMark != null && byteOrderMark;
    }

    boolean escapesFormulas() {
      return formulas == Formulas.escape;
    }
  }

  private static void requireHeader(@Nullable JsonNode header) {
    var names = names(header);
    boolean fits = header == null || header.isBoolean() || (names != null && !names.isEmpty());
    if (!fits) {
      throw new IllegalArgumentException("`header` is true, false or a list of names.");
    }
    if (names != null && new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("`header` has a name twice.");
    }
  }

  private static @Nullable List<String> names(@Nullable JsonNode header) {
    if (header == null || !header.isArray()) {
      return null;
    }
    var names = new ArrayList<String>();
    for (var name : header) {
      if (!name.isTextual()) {
        return null;
      }
      names.add(name.textValue());
    }
    return names;
  }

  private static boolean isOff(@Nullable JsonNode header) {
    return header != null && header.isBoolean() && !header.booleanValue();
  }

  @Op(pure = true)
  JsonText parse(Read how, String text) throws IOException {
    var rows = how.reader(text);
    var out = new StringBuilder(text.length());
    try (var json = JSON.createGenerator(Interruption.writer(out))) {
      json.writeStartArray();
      if (isOff(how.header)) {
        lists(rows, json);
      } else {
        objects(rows, names(how.header), json);
      }
      json.writeEndArray();
    }
    return new JsonText(out.toString());
  }

  private static void lists(CsvReader rows, JsonGenerator json) throws IOException {
    for (var row = rows.row(); row != null; row = rows.row()) {
      json.writeStartArray();
      for (var field : row) {
        json.writeString(field);
      }
      json.writeEndArray();
    }
  }

  private static void objects(CsvReader rows, @Nullable List<String> given, JsonGenerator json)
      throws IOException {
    var columns = given;
    if (columns == null) {
      columns = rows.row();
      if (columns == null) {
        return;
      }
      requireUnique(columns, rows);
    }
    rows.expect(columns.size());
    for (var row = rows.row(); row != null; row = rows.row()) {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeStringField(columns.get(i), row.get(i));
      }
      json.writeEndObject();
    }
  }

  private static void requireUnique(List<String> columns, CsvReader rows) {
    var seen = new HashSet<String>();
    for (var column : columns) {
      if (!seen.add(column)) {
        throw rows.errorInRow(CsvError.DUPLICATE_COLUMN, column);
      }
    }
  }

  /** Takes a list of rows as JSON. */
  @Op(pure = true)
  String stringify(Write how, String rows) throws IOException {
    try (var json = JSON.createParser(Interruption.reader(rows))) {
      var out = new CsvWriter(how);
      new Table(json).write(out, names(how.header), !isOff(how.header));
      return out.text();
    } catch (JsonParseException e) {
      throw new HearthException(CsvError.NOT_JSON).causedBy(e);
    }
  }
}
