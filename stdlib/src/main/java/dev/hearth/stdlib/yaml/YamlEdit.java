package dev.hearth.stdlib.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change to a text of YAML that leaves everything else as it is written: comments, order,
 * quotes and blank lines. What comes out is read again, and must be what was there with just this
 * change.
 */
final class YamlEdit {
  private final String text;
  private final YamlPureOps.Read how;
  private final List<String> path;
  private final @Nullable JsonNode value;

  /**
   * A change.
   *
   * @param path the names of keys and the indices of lists that lead there
   * @param value null: what is there is removed
   */
  YamlEdit(String text, YamlPureOps.Read how, List<String> path, @Nullable JsonNode value) {
    this.text = text;
    this.how = how;
    this.path = List.copyOf(path);
    this.value = value;
  }

  String changed() throws IOException {
    var before = read(text);
    var wanted = wanted(before);
    if (wanted.equals(before)) {
      return text;
    }
    var changed = patch();
    if (!isRight(changed, wanted)) {
      throw new HearthException(
          YamlError.NOT_EDITABLE, VisibleText.of("/" + String.join("/", path)));
    }
    return changed;
  }

  private String patch() throws IOException {
    try {
      return new YamlPatch(text).apply(path, value);
    } catch (RuntimeException e) { // a form of YAML that is not foreseen, which is said of all such
      throw new HearthException(
              YamlError.NOT_EDITABLE, VisibleText.of("/" + String.join("/", path)))
          .causedBy(e);
    }
  }

  private JsonNode read(String yaml) throws JsonProcessingException {
    return YamlPureOps.JSON.readTree(new YamlReader(yaml, how).one());
  }

  private boolean isRight(String changed, JsonNode wanted) throws JsonProcessingException {
    try {
      return read(changed).equals(wanted);
    } catch (HearthException e) {
      return false;
    }
  }

  /** The value as it is to be in the end. */
  private JsonNode wanted(JsonNode before) {
    var root = before.deepCopy();
    if (path.isEmpty()) {
      return value == null ? JsonNodeFactory.instance.nullNode() : value;
    }
    var holder = JsonNodeFactory.instance.arrayNode().add(root);
    JsonNode parent = holder;
    var name = "0";
    for (var next : path) {
      var child = child(parent, name).filter(node -> !node.isNull());
      if (child.isEmpty()) {
        if (value == null) {
          return before; // what is not there need not be removed
        }
        var made = JsonNodeFactory.instance;
        put(parent, name, next.equals("-") ? made.arrayNode() : made.objectNode());
        child = child(parent, name);
      }
      parent = child.orElseThrow();
      name = next;
    }
    if (value == null) {
      remove(parent, name);
    } else {
      put(parent, name, value);
    }
    return holder.get(0);
  }

  static Optional<JsonNode> child(JsonNode parent, String name) {
    return switch (parent) {
      case ObjectNode map -> Optional.ofNullable(map.get(name));
      case ArrayNode list -> index(name, list.size()).map(list::get);
      default -> Optional.empty();
    };
  }

  static Optional<Integer> index(String name, int size) {
    return name.matches("0|[1-9]\\d{0,8}") && Integer.parseInt(name) <= size
        ? Optional.of(Integer.parseInt(name))
        : name.equals("-") ? Optional.of(size) : Optional.empty();
  }

  private void put(JsonNode parent, String name, JsonNode child) {
    switch (parent) {
      case ObjectNode map -> map.set(name, child);
      case ArrayNode list -> {
        var index = index(name, list.size()).orElseThrow(this::noPlace);
        if (index < list.size()) {
          list.set(index, child);
        } else {
          list.add(child);
        }
      }
      default -> throw noPlace();
    }
  }

  private static void remove(JsonNode parent, String name) {
    switch (parent) {
      case ObjectNode map -> map.remove(name);
      case ArrayNode list ->
          index(name, list.size())
              .filter(i -> i < list.size())
              .ifPresent(i -> list.remove((int) i));
      default -> {} // nothing is there
    }
  }

  private HearthException noPlace() {
    return new HearthException(YamlError.NO_PLACE, VisibleText.of("/" + String.join("/", path)));
  }
}
