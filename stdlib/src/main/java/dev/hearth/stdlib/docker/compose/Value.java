package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was written, before anything is made of it, and where. */
sealed interface Value {
  Place place();

  /** What it does to the value that an earlier file has in its place. */
  How how();

  /** {@code !override} and {@code !reset} of the Compose specification. */
  enum How {
    MERGES,
    REPLACES,
    REMOVES
  }

  /** The kind of a scalar as YAML sees it; what it is for Compose depends on its key. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    NOTHING
  }

  /** A key and what stands behind it. */
  record Entry(Place key, Value value) {}

  record Mapping(Place place, How how, Map<String, Entry> entries) implements Value {
    Optional<Value> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The same with another value for a key, which stands where it stood. */
    Mapping with(String key, Value value) {
      var all = new LinkedHashMap<>(entries);
      var before = all.get(key);
      all.put(key, new Entry(before == null ? place.key(key) : before.key(), value));
      return new Mapping(place, how, all);
    }

    Mapping without(String key) {
      var rest = new LinkedHashMap<>(entries);
      rest.remove(key);
      return new Mapping(place, how, rest);
    }
  }

  record Sequence(Place place, How how, List<Value> items) implements Value {}

  record Scalar(Place place, How how, Kind kind, String text) implements Value {
    Scalar with(String other) {
      return new Scalar(place, how, kind == Kind.NOTHING ? Kind.TEXT : kind, other);
    }
  }

  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }

  /** What it is, for messages. */
  default String what() {
    return switch (this) {
      case Mapping _ -> "a map";
      case Sequence _ -> "a list";
      case Scalar scalar when scalar.kind() == Kind.NOTHING -> "nothing";
      case Scalar scalar -> FormPlace.quoted(scalar.text());
    };
  }

  /** The same as data, for {@code x-} keys, whose form is nobody's business. */
  default @Nullable JsonNode json() {
    var nodes = JsonNodeFactory.instance;
    return switch (this) {
      case Mapping mapping -> {
        var node = nodes.objectNode();
        mapping.entries().forEach((key, entry) -> node.set(key, entry.value().json()));
        yield node;
      }
      case Sequence sequence -> {
        var node = nodes.arrayNode();
        sequence.items().forEach(item -> node.add(item.json()));
        yield node;
      }
      case Scalar(_, _, Kind kind, String text) ->
          switch (kind) {
            case NOTHING -> nodes.nullNode();
            case FLAG -> nodes.booleanNode(text.equalsIgnoreCase("true"));
            case NUMBER ->
                text.matches("-?[0-9]{1,18}")
                    ? nodes.numberNode(Long.parseLong(text))
                    : nodes.textNode(text);
            case TEXT -> nodes.textNode(text);
          };
    };
  }
}
