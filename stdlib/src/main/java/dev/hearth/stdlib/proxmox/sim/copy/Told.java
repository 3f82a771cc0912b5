package dev.hearth.stdlib.proxmox.sim.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An object that a server told. What the server says is believed to be true, and nothing else of
 * it: a name is one name, a number a number.
 *
 * @param ask the question, for messages
 */
record Told(Ask ask, ObjectNode fields) {
  /** What the id of a guest looks like. */
  static final String VMID = "[1-9]\\d{0,8}";

  private static final int LONGEST_NAME = 1024;
  private static final int EXCERPT = 60;

  /** The value of a field as text; empty when it is not there. */
  Optional<String> find(String field) {
    return value(field).map(Told::text);
  }

  private Optional<JsonNode> value(String field) {
    return Optional.ofNullable(fields.get(field)).filter(value -> !value.isNull());
  }

  /** The value of a field as text that is a part of a path; fails when it is none. */
  String name(String field) {
    var name = path(field);
    if (name.contains("/")) {
      throw unexpected("`" + excerpt(name) + "` as `" + field + "`");
    }
    return name;
  }

  /** Names with slashes between them, none of which leads upwards. */
  String path(String field) {
    var path = find(field).orElseThrow(() -> unexpected("no `" + field + "`"));
    boolean isBad =
        path.length() > LONGEST_NAME
            || path.chars().anyMatch(Character::isISOControl)
            || Stream.of(path.split("/", -1)).anyMatch(Set.of("", ".", "..")::contains);
    if (isBad) {
      throw unexpected("`" + excerpt(path) + "` as `" + field + "`");
    }
    return path;
  }

  /** The same of a name with a form of its own. */
  String name(String field, String form) {
    var name = name(field);
    if (!name.matches(form)) {
      throw unexpected("`" + excerpt(name) + "` as `" + field + "`");
    }
    return name;
  }

  /** The id of a guest. */
  int vmid(String field) {
    return Integer.parseInt(name(field, VMID));
  }

  /** A number that is not negative; 0 when it is not there. */
  long number(String field) {
    var number = find(field).orElse("0").replaceFirst("\\.\\d*$", "");
    if (!number.matches("\\d{1,18}")) {
      throw unexpected("`" + excerpt(number) + "` as `" + field + "`");
    }
    return Long.parseLong(number);
  }

  boolean isOn(String field) {
    return find(field).orElse("0").equals("1");
  }

  /** The objects in a field; none when it is not there. */
  List<Told> list(String field) {
    return value(field).map(value -> all(ask, value)).orElse(List.of());
  }

  /** The object in a field. */
  Optional<Told> object(String field) {
    return value(field).map(value -> one(ask, value));
  }

  /** All fields as a configuration file has them, but these. */
  Map<String, String> texts(Set<String> without) {
    var texts = new LinkedHashMap<String, String>();
    for (var field : fields.properties()) {
      var value = field.getValue();
      boolean isNothing = value.isNull() || (value.isArray() && value.isEmpty());
      if (!without.contains(field.getKey()) && !isNothing) {
        texts.put(field.getKey(), text(value));
      }
    }
    return texts;
  }

  /** Lists a value each line, and what has parts as a property string. */
  private static String text(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "1" : "0";
    }
    if (value.isArray()) {
      return parts(value, "\n");
    }
    if (value.isObject()) {
      return value.properties().stream()
          .map(part -> part.getKey() + "=" + inner(part.getValue()))
          .collect(Collectors.joining(","));
    }
    return value.asText();
  }

  private static String inner(JsonNode value) {
    return value.isArray() ? parts(value, ";") : text(value);
  }

  private static String parts(JsonNode array, String between) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(Told::text)
        .collect(Collectors.joining(between));
  }

  /** The objects of a list; fails when it is none. */
  static List<Told> all(Ask ask, JsonNode list) {
    if (!list.isArray()) {
      throw unexpected(ask, "`" + excerpt(list.toString()) + "` where a list was expected");
    }
    return StreamSupport.stream(list.spliterator(), false).map(each -> one(ask, each)).toList();
  }

  /** An object; fails when it is none. */
  static Told one(Ask ask, JsonNode value) {
    if (value instanceof ObjectNode fields) {
      return new Told(ask, fields);
    }
    throw unexpected(ask, "`" + excerpt(value.toString()) + "` where an object was expected");
  }

  HearthException unexpected(String what) {
    return unexpected(ask, what);
  }

  static HearthException unexpected(Ask ask, String what) {
    return new HearthException(CopyError.COPY_UNEXPECTED, ask, what);
  }

  static String excerpt(String text) {
    var safe = text.replaceAll("\\p{C}", "\uFFFD");
    return safe.length() <= EXCERPT ? safe : safe.substring(0, EXCERPT) + "…";
  }
}
