package dev.hearth.stdlib.csv;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that a recipe wants written: all of them objects, or all of them lists. */
final class Table {
  private final List<Map<String, CsvWriter.Field>> objects = new ArrayList<>();
  private final List<List<CsvWriter.Field>> lists = new ArrayList<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /** Reads the JSON of a list of rows; numbers stay as they are written there. */
  Table(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw new HearthException(CsvError.NO_ROW, 1);
    }
    for (int row = 1; json.nextToken() != JsonToken.END_ARRAY; row++) {
      Interruption.check();
      if (json.currentToken() == JsonToken.START_OBJECT && lists.isEmpty()) {
        objects.add(object(json, row));
      } else if (json.currentToken() == JsonToken.START_ARRAY && objects.isEmpty()) {
        lists.add(list(json, row));
      } else {
        throw new HearthException(CsvError.NO_ROW, row);
      }
    }
  }

  private Map<String, CsvWriter.Field> object(JsonParser json, int row) throws IOException {
    var fields = new LinkedHashMap<String, CsvWriter.Field>();
    for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      columns.add(name);
      json.nextToken();
      fields.put(name, field(json, row, name));
    }
    return fields;
  }

  private static List<CsvWriter.Field> list(JsonParser json, int row) throws IOException {
    var fields = new ArrayList<CsvWriter.Field>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      fields.add(field(json, row, String.valueOf(fields.size() + 1)));
    }
    return fields;
  }

  private static CsvWriter.Field field(JsonParser json, int row, String column) throws IOException {
    if (json.currentToken().isStructStart()) {
      throw new HearthException(CsvError.VALUE_NOT_FLAT, row, column);
    }
    return json.currentToken() == JsonToken.VALUE_NULL
        ? CsvWriter.Field.NONE
        : new CsvWriter.Field(json.getText(), json.currentToken() == JsonToken.VALUE_STRING);
  }

  /**
   * Writes all rows.
   *
   * @param wanted the columns; {@code null} for all that a row has, as they first come
   */
  void write(CsvWriter out, @Nullable List<String> wanted, boolean header) {
    var names = wanted == null ? List.copyOf(columns) : wanted;
    if (header && !names.isEmpty()) {
      out.row(names.stream().map(name -> new CsvWriter.Field(name, true)).toList());
    }
    lists.stream().filter(row -> !row.isEmpty()).forEach(out::row);
    if (names.isEmpty()) {
      return; // objects without any key are no rows
    }
    for (var row : objects) {
      out.row(names.stream().map(name -> row.getOrDefault(name, CsvWriter.Field.NONE)).toList());
    }
  }
}
