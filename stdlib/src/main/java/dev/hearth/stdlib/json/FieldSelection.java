package dev.hearth.stdlib.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object are wanted, as a tree of their names. A path goes through lists: {@code
 * spec.containers.image} is the image of each container. A dot within a name has a backslash before
 * it: {@code metadata.labels.app\.kubernetes\.io/name}. Made once, safe from any thread.
 */
public final class FieldSelection {
  /** All fields. */
  public static final FieldSelection ALL = new FieldSelection();

  private final Map<String, FieldSelection> fields = new LinkedHashMap<>();
  private boolean isWhole;

  private FieldSelection() {}

  /** The fields at these paths; all where there is no list. */
  public static FieldSelection of(@Nullable List<String> paths) {
    if (paths == null) {
      return ALL;
    }
    var root = new FieldSelection();
    for (var path : paths) {
      root.add(path);
    }
    return root;
  }

  private void add(String path) {
    var at = this;
    for (var name : path.split("(?<!\\\\)\\.", -1)) {
      at = at.fields.computeIfAbsent(name.replace("\\.", "."), _ -> new FieldSelection());
    }
    at.fields.clear(); // of `status` and `status.phase`, the wider one counts
    at.isWhole = true;
  }

  /** Whether nothing is left out. */
  public boolean isAll() {
    return this == ALL || isWhole;
  }

  /** What is wanted of a field; null for nothing. */
  public @Nullable FieldSelection of(String name) {
    return isAll() ? this : fields.get(name);
  }

  /**
   * Copies what is wanted of the value at whose begin the parser stands, which then stands at its
   * end. A value where a path would go on is copied whole.
   */
  public void copy(JsonParser from, JsonGenerator to) throws IOException {
    if (isAll()) {
      to.copyCurrentStructure(from);
      return;
    }
    switch (from.currentToken()) {
      case START_OBJECT -> {
        to.writeStartObject();
        while (from.nextToken() != JsonToken.END_OBJECT) {
          var name = from.currentName();
          from.nextToken();
          var inner = of(name);
          if (inner == null) {
            from.skipChildren();
          } else {
            to.writeFieldName(name);
            inner.copy(from, to);
          }
        }
        to.writeEndObject();
      }
      case START_ARRAY -> {
        to.writeStartArray();
        while (from.nextToken() != JsonToken.END_ARRAY) {
          copy(from, to);
        }
        to.writeEndArray();
      }
      default -> to.copyCurrentStructure(from);
    }
  }
}
