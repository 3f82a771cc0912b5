package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Sequence;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The form of a key: makes the canonical data of what was written, or says what is wrong. */
@FunctionalInterface
interface Shape {
  JsonNodeFactory NODES = JsonNodeFactory.instance;

  JsonNode read(Value value);

  /** A list of such. */
  static Shape list(Shape item) {
    return value -> {
      var list = NODES.arrayNode();
      Findings.each(sequence(value).items(), each -> list.add(item.read(each)));
      return list;
    };
  }

  /** A list, or one alone. */
  static Shape oneOrMore(Shape item) {
    return value ->
        value instanceof Sequence
            ? list(item).read(value)
            : NODES.arrayNode().add(item.read(value));
  }

  /** A map of any names. */
  static Shape mapOf(Shape item) {
    return value -> {
      var map = NODES.objectNode();
      Findings.each(
          mapping(value).entries().entrySet(),
          each -> map.set(each.getKey(), item.read(each.getValue().value())));
      return map;
    };
  }

  /** Nothing, or what else it may be. */
  static Shape optional(Shape shape) {
    return value -> value.isNothing() ? NODES.nullNode() : shape.read(value);
  }

  /**
   * A map of known keys; {@code x-} keys may stand there too, and say nothing.
   *
   * @param what it is called in messages
   * @param unsupported keys that Compose knows, and that nothing is done with here
   */
  static Shape object(String what, Map<String, Shape> keys, Set<String> unsupported) {
    return value -> {
      var map = NODES.objectNode();
      Findings.each(
          mapping(value).entries().entrySet(),
          each -> {
            var key = each.getKey();
            var entry = each.getValue();
            var shape = keys.get(key);
            if (shape != null) {
              map.set(key, shape.read(Overrides.alike(key, entry.value())));
            } else if (unsupported.contains(key)) {
              throw entry.key().error(ComposeError.COMPOSE_UNSUPPORTED, key);
            } else if (!key.startsWith("x-")) {
              throw unknown(entry.key(), what, key, keys.keySet());
            }
          });
      return map;
    };
  }

  static dev.hearth.runtime.HearthException unknown(
      Place place, String what, String key, Set<String> known) {
    var near = dev.hearth.runtime.Suggestion.closest(key, known);
    var hint =
        near.map(word -> "Write `" + word + "`.")
            .orElseGet(() -> "It has " + String.join(", ", new TreeSet<>(known)) + ".");
    return place.error(
        ComposeError.COMPOSE_KEY, what, dev.hearth.runtime.permission.VisibleText.of(key), hint);
  }

  static Mapping mapping(Value value) {
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    throw wrong(value, "a map", "Write `NAME: VALUE` lines below it.");
  }

  static Sequence sequence(Value value) {
    if (value instanceof Sequence sequence) {
      return sequence;
    }
    throw wrong(value, "a list", "Write an entry a line, each behind `- `.");
  }

  /** What stands there is of another form. */
  static dev.hearth.runtime.HearthException wrong(Value value, String wanted, String hint) {
    var path = value.place().path();
    return value
        .place()
        .error(
            ComposeError.COMPOSE_VALUE,
            "`"
                + (path.isEmpty() ? "it" : path)
                + "` is "
                + wanted
                + ", and this is "
                + value.what(),
            hint);
  }
}
