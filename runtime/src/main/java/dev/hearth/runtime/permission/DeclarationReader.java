package dev.hearth.runtime.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.PermissionParser.NotAPermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one {@code permissions} literal and collects its problems instead of stopping at one. */
final class DeclarationReader {
  private final PermissionParser parser;
  private final List<Permission> permissions = new ArrayList<>();
  private final List<HearthException> problems = new ArrayList<>();

  DeclarationReader(PermissionParser parser) {
    this.parser = parser;
  }

  Declaration read(ObjectNode literal) {
    for (var entry : literal.properties()) {
      var name = entry.getKey();
      var place = new Place("permissions." + name, "/" + escaped(name));
      attempt(place, () -> readEntry(place, name, entry.getValue()));
    }
    return new Declaration(permissions, problems);
  }

  private void readEntry(Place place, String name, JsonNode value) throws NotAPermission {
    if (name.equals("all")) {
      require(value.isBoolean() && value.booleanValue(), "it is not `true`", "Write `all: true`.");
      permissions.add(new Permission.All());
    } else if (PermissionParser.EFFECTS.contains(name)) {
      readEffects(place, name, value);
    } else {
      parser.requireKnown(name);
      readIntents(place, name, value);
    }
  }

  private void readEffects(Place place, String name, JsonNode values) throws NotAPermission {
    var example = PermissionParser.example(name).substring(name.length() + 1);
    require(
        values.isArray(), "it is no list", "Write it like `%s: ['%s']`.".formatted(name, example));
    for (var i = 0; i < values.size(); i++) {
      var at = new Place(place.path + "[" + i + "]", place.pointer + "/" + i);
      var value = values.get(i);
      attempt(
          at,
          () -> {
            require(
                value.isTextual(), "it is no string", "Write it like `'%s'`.".formatted(example));
            permissions.add(parser.effectOf(name, value.textValue()));
          });
    }
  }

  private void readIntents(Place place, String binding, JsonNode value) throws NotAPermission {
    if (value.isTextual()) {
      permissions.add(
          new Permission.Intent(
              binding, Optional.empty(), parser.access(binding, value.textValue())));
      return;
    }
    require(
        value.isObject() && !value.isEmpty(),
        "it does not say how far",
        "Write `%s: 'read'`, `%1$s: 'write'`, or `%1$s: { lab: 'write' }` for one connection."
            .formatted(binding));
    for (var entry : value.properties()) {
      var connection = entry.getKey();
      var at = new Place(place.path + "." + connection, place.pointer + "/" + escaped(connection));
      attempt(
          at,
          () -> {
            var access = parser.access(binding, entry.getValue().asText());
            permissions.add(parser.intent(binding, connection, access));
          });
    }
  }

  private void attempt(Place place, Reading reading) {
    try {
      reading.read();
    } catch (NotAPermission e) {
      problems.add(
          new HearthException(
                  PermissionError.DECLARED_WRONG, VisibleText.of(place.path), e.reason(), e.hint())
              .with("pointer", place.pointer));
    }
  }

  private static void require(boolean holds, String reason, String hint) throws NotAPermission {
    if (!holds) {
      throw new NotAPermission(reason, hint);
    }
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** Where in the literal: as JavaScript says it, and as a JSON pointer. */
  private record Place(String path, String pointer) {}

  private interface Reading {
    void read() throws NotAPermission;
  }
}
