package dev.hearth.runtime.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.JsonFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The form of {@code connections.json}, which people may edit:
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "connections": {
 *     "proxmox": {
 *       "lab": { "url": "https://…", "token": { "secret": "connection/proxmox/lab/token" } }
 *     }
 *   },
 *   "defaults": { "proxmox": "lab" }
 * }
 * }</pre>
 *
 * <p>A secret stands there as its name in the secret store.
 */
final class ConnectionsFile {
  private static final int VERSION = 1;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][\\w.-]{0,59}");
  private static final Set<String> KEYS = Set.of("version", "connections", "defaults");

  private final JsonFile.Content content;
  private final Map<String, String> profile;

  /** What a file holds. Fails with the place of the first mistake. */
  ConnectionsFile(JsonFile.Content content) {
    this(content, Map.of());
  }

  /** The same, to be read only: a profile's defaults count before those in the file. */
  ConnectionsFile(JsonFile.Content content, Map<String, String> profile) {
    this.content = content;
    this.profile = profile;
    check();
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private void check() {
    var root = content.root();
    if (root.path("version").asInt(VERSION) > VERSION) {
      throw new HearthException(ConnectionError.FILE_NEWER, content.file());
    }
    for (var field : root.properties()) {
      if (!KEYS.contains(field.getKey())) {
        var meant =
            Suggestion.closest(field.getKey(), KEYS).map(k -> "; did you mean `" + k + "`?");
        throw wrong(
            JsonPointer.empty().appendProperty(field.getKey()),
            "there is no such key as `" + VisibleText.of(field.getKey()) + "`" + meant.orElse("."));
      }
    }
    for (var binding : object("/connections").properties()) {
      var at = JsonPointer.compile("/connections").appendProperty(binding.getKey());
      for (var connection : object(binding.getValue(), at).properties()) {
        checkConnection(
            connection.getKey(), connection.getValue(), at.appendProperty(connection.getKey()));
      }
    }
    for (var binding : object("/defaults").properties()) {
      checkDefault(binding.getKey(), binding.getValue());
    }
  }

  private void checkConnection(String name, JsonNode connection, JsonPointer at) {
    if (!isName(name)) {
      throw wrong(at, "`" + VisibleText.of(name) + "` cannot be the name of a connection.");
    }
    for (var field : object(connection, at).properties()) {
      var value = field.getValue();
      if (value.isContainerNode() && !isReference(value)) {
        throw wrong(
            at.appendProperty(field.getKey()),
            "a field holds a text, a number, true, false, or { \"secret\": \"…\" }.");
      }
    }
  }

  private void checkDefault(String binding, JsonNode name) {
    var at = JsonPointer.compile("/defaults").appendProperty(binding);
    if (!name.isTextual()) {
      throw wrong(at, "the default is the name of a connection, in double quotes.");
    }
    if (find(binding, name.textValue()).isEmpty()) {
      throw wrong(
          at,
          "there is no connection `"
              + VisibleText.of(name.textValue())
              + "` to "
              + VisibleText.of(binding)
              + ".");
    }
  }

  /** Whether a field names a stored secret: {@code { "secret": "…" }}. */
  static boolean isReference(JsonNode value) {
    return value.size() == 1 && value.path("secret").isTextual();
  }

  private ObjectNode object(String pointer) {
    var at = JsonPointer.compile(pointer);
    var node = content.root().at(at);
    return node.isMissingNode() ? content.root().objectNode() : object(node, at);
  }

  private ObjectNode object(JsonNode node, JsonPointer at) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw wrong(at, "this must be an object, `{ … }`.");
  }

  private HearthException wrong(JsonPointer at, String what) {
    return new HearthException(ConnectionError.FILE_WRONG, content.place(at), what);
  }

  /** Its connections and defaults, as they stand there. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.set("connections", object("/connections"));
    json.set("defaults", object("/defaults"));
    return json;
  }

  /** Where a field stands, for messages. */
  String place(StoredConnection connection, String field) {
    return content.place(
        JsonPointer.compile("/connections")
            .appendProperty(connection.binding())
            .appendProperty(connection.name())
            .appendProperty(field));
  }

  /** Where a connection stands, for messages. */
  String place(StoredConnection connection) {
    return content.place(
        JsonPointer.compile("/connections")
            .appendProperty(connection.binding())
            .appendProperty(connection.name()));
  }

  /** All connections, by binding and name. */
  List<StoredConnection> all() {
    var all = new ArrayList<StoredConnection>();
    for (var binding : sorted(object("/connections")).entrySet()) {
      all.addAll(of(binding.getKey()));
    }
    return all;
  }

  /** The connections of one binding, by name. */
  List<StoredConnection> of(String binding) {
    if (!(object("/connections").get(binding) instanceof ObjectNode connections)) {
      return List.of();
    }
    var chosen = defaultName(binding, connections);
    return sorted(connections).entrySet().stream()
        .map(e -> stored(binding, e.getKey(), e.getKey().equals(chosen), e.getValue()))
        .toList();
  }

  private String defaultName(String binding, ObjectNode connections) {
    var only = connections.size() == 1 ? connections.fieldNames().next() : "";
    var stored = object("/defaults").path(binding).asText(only);
    return profile.getOrDefault(binding, stored);
  }

  private static Map<String, JsonNode> sorted(ObjectNode object) {
    var sorted = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted;
  }

  private static StoredConnection stored(
      String binding, String name, boolean isDefault, JsonNode json) {
    var settings = JsonNodeFactory.instance.objectNode();
    var secrets = new LinkedHashMap<String, String>();
    for (var field : json.properties()) {
      if (isReference(field.getValue())) {
        secrets.put(field.getKey(), field.getValue().path("secret").textValue());
      } else {
        settings.set(field.getKey(), field.getValue());
      }
    }
    return new StoredConnection(binding, name, isDefault, settings, secrets);
  }

  Optional<StoredConnection> find(String binding, String name) {
    if (object("/connections").path(binding) instanceof ObjectNode connections
        && connections.get(name) instanceof ObjectNode json) {
      var isDefault = name.equals(defaultName(binding, connections));
      return Optional.of(stored(binding, name, isDefault, json));
    }
    return Optional.empty();
  }

  /** Writes a connection down; the first one of a binding becomes its default. */
  void put(StoredConnection connection) {
    var binding = connection.binding();
    var json = connection.settings().deepCopy();
    connection.secrets().forEach((field, secret) -> json.putObject(field).put("secret", secret));
    content.root().put("version", VERSION);
    // With a second one the default must be said; so far it was the only one.
    var chosen = of(binding).stream().filter(StoredConnection::isDefault).findFirst();
    content
        .root()
        .withObjectProperty("connections")
        .withObjectProperty(binding)
        .set(connection.name(), json);
    if (of(binding).size() == 1) {
      makeDefault(binding, connection.name());
    } else {
      chosen.ifPresent(c -> makeDefault(binding, c.name()));
    }
  }

  void makeDefault(String binding, String name) {
    content.root().withObjectProperty("defaults").put(binding, name);
  }

  void remove(String binding, String name) {
    var connections = content.root().withObjectProperty("connections");
    var ofBinding = connections.withObjectProperty(binding);
    ofBinding.remove(name);
    if (ofBinding.isEmpty()) {
      connections.remove(binding);
    }
    var defaults = content.root().withObjectProperty("defaults");
    if (defaults.path(binding).asText().equals(name)) {
      defaults.remove(binding);
    }
  }
}
