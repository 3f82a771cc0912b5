package dev.hearth.stdlib.toml;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.runtime.spi.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table on its way, which knows what may still be added to it. */
final class Table implements Node {
  /** How a table came to be, which decides what may follow. */
  enum Origin {
    /** Named on the way to another: may be defined once, by a header or by dotted keys. */
    PASSED,
    /** Defined by a header. */
    HEADER,
    /** Defined by dotted keys: more of them may follow, a header of its own may not. */
    DOTTED,
    /** Written in braces: complete. */
    INLINE
  }

  /**
   * What stands under a key.
   *
   * @param offset where the key stands first
   */
  record Entry(Node value, int offset) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private Origin origin;

  Table(Origin origin) {
    this.origin = origin;
  }

  Origin origin() {
    return origin;
  }

  void define(Origin by) {
    origin = by;
  }

  @Nullable Entry get(String key) {
    return entries.get(key);
  }

  void put(String key, Node value, int offset) {
    entries.put(key, new Entry(value, offset));
  }

  /** Nothing can be added any more, neither here nor to what dotted keys made below. */
  void close() {
    origin = Origin.INLINE;
    for (var entry : entries.values()) {
      if (entry.value instanceof Table table && table.origin != Origin.INLINE) {
        table.close();
      }
    }
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    Interruption.check();
    json.writeStartObject();
    for (var entry : entries.entrySet()) {
      json.writeFieldName(entry.getKey());
      entry.getValue().value.write(json);
    }
    json.writeEndObject();
  }

  /** The tables of one {@code [[name]]}. */
  record Array(List<Table> tables) implements Node {
    Array() {
      this(new ArrayList<>());
    }

    Table add() {
      tables.add(new Table(Origin.HEADER));
      return tables.getLast();
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
      new Values(tables).write(json);
    }
  }
}
