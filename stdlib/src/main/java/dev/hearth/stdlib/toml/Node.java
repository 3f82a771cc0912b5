package dev.hearth.stdlib.toml;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What stands under a key. */
sealed interface Node permits Table, Table.Array, Node.Text, Node.Plain, Node.Values {
  void write(JsonGenerator json) throws IOException;

  /** A text, or what becomes one. */
  record Text(String value) implements Node {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeString(value);
    }
  }

  /** A number or a word, as JSON writes it. */
  record Plain(String value) implements Node {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeRawValue(value);
    }
  }

  /** What stands in brackets. */
  record Values(List<? extends Node> values) implements Node {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStartArray();
      for (var value : values) {
        value.write(json);
      }
      json.writeEndArray();
    }
  }
}
