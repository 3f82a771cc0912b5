package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.docker.compose.Value.Entry;
import dev.hearth.stdlib.docker.compose.Value.How;
import dev.hearth.stdlib.docker.compose.Value.Kind;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import dev.hearth.stdlib.docker.compose.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** A model that a recipe gave as an object. */
final class ModelValue {
  private ModelValue() {}

  static Mapping of(JsonNode model, Origin origin) {
    if (value(model, origin.start()) instanceof Mapping mapping) {
      return mapping;
    }
    throw origin
        .start()
        .error(
            ComposeError.COMPOSE_VALUE,
            "a Compose model is an object",
            "Begin with `{ services: {} }`.");
  }

  private static Value value(JsonNode node, Place place) {
    if (node.isObject()) {
      var entries = new LinkedHashMap<String, Entry>();
      node.properties()
          .forEach(
              field -> {
                var at = place.key(field.getKey());
                entries.put(field.getKey(), new Entry(at, value(field.getValue(), at)));
              });
      return new Mapping(place, How.MERGES, entries);
    }
    if (node.isArray()) {
      var items = new ArrayList<Value>();
      node.forEach(item -> items.add(value(item, place.item(items.size()))));
      return new Sequence(place, How.MERGES, items);
    }
    var kind =
        node.isNull()
            ? Kind.NOTHING
            : node.isBoolean() ? Kind.FLAG : node.isNumber() ? Kind.NUMBER : Kind.TEXT;
    return new Scalar(place, How.MERGES, kind, node.isNull() ? "" : node.asText());
  }
}
