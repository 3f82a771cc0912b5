package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What is in a value, by name or number, and how a place is written: {@code disks[0].size}. */
final class Places {
  private Places() {}

  /** What either has. */
  static Set<Object> keys(JsonNode one, JsonNode other) {
    var keys = new LinkedHashSet<Object>();
    for (var node : List.of(one, other)) {
      if (node.isArray()) {
        IntStream.range(0, node.size()).forEach(keys::add);
      } else {
        node.fieldNames().forEachRemaining(keys::add);
      }
    }
    return keys;
  }

  static JsonNode at(JsonNode value, Object key) {
    return key instanceof Integer index ? value.path(index) : value.path((String) key);
  }

  static String inside(String path, Object key) {
    if (key instanceof Integer index) {
      return path + "[" + index + "]";
    }
    var name = (String) key;
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_-]*")) {
      return path + "[\"" + name + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }
}
