package dev.hearth.runtime.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.JsonFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The form of {@code settings.json}, nested or with dots: {@code {"limits": {"operations": 64}}} is
 * {@code {"limits.operations": 64}}. The user's own has profiles besides, each with settings and
 * the default connections of its own: {@code {"profiles": {"lab": {"connections": {"proxmox":
 * "lab"}}}}}.
 */
final class SettingsFile {
  static final String PROFILES = "profiles";
  static final String CONNECTIONS = "connections";

  /**
   * A value as it stands in a file.
   *
   * @param place file and line
   */
  record Entry(String text, String place) {}

  private final JsonFile.Content content;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> connections = new LinkedHashMap<>();
  private final Map<String, SettingsFile> profiles = new LinkedHashMap<>();

  private SettingsFile(JsonFile.Content content) {
    this.content = content;
  }

  /** No settings at all. */
  static SettingsFile none() {
    return new SettingsFile(JsonFile.Content.none());
  }

  /** What a project's file holds. Fails with the place of the first mistake. */
  static SettingsFile ofProject(JsonFile.Content content) {
    var file = new SettingsFile(content);
    file.readAll(content.root(), JsonPointer.empty());
    return file;
  }

  /** What the user's own file holds. Fails with the place of the first mistake. */
  static SettingsFile ofUser(JsonFile.Content content) {
    var file = new SettingsFile(content);
    var own = content.root().deepCopy();
    var profiles = own.remove(PROFILES);
    file.readAll(own, JsonPointer.empty());
    if (profiles != null) {
      var at = JsonPointer.empty().appendProperty(PROFILES);
      for (var profile : file.object(profiles, at).properties()) {
        var name = profile.getKey();
        var place = at.appendProperty(name);
        if (!ConnectionsFile.isName(name)) {
          throw new HearthException(
              SettingsError.PROFILE_NAME, VisibleText.of(name), content.place(place));
        }
        file.profiles.put(name, profile(content, file.object(profile.getValue(), place), place));
      }
    }
    return file;
  }

  private static SettingsFile profile(JsonFile.Content content, ObjectNode json, JsonPointer at) {
    var profile = new SettingsFile(content);
    var own = json.deepCopy();
    var connections = own.remove(CONNECTIONS);
    profile.readAll(own, at);
    if (connections != null) {
      var place = at.appendProperty(CONNECTIONS);
      for (var each : profile.object(connections, place).properties()) {
        if (!each.getValue().isTextual()) {
          throw profile.wrong(
              PROFILES, place.appendProperty(each.getKey()), "it must be a connection's name");
        }
        profile.connections.put(each.getKey(), each.getValue().textValue());
      }
    }
    return profile;
  }

  private ObjectNode object(JsonNode node, JsonPointer at) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw wrong(PROFILES, at, "it must be an object, `{ … }`");
  }

  private HearthException wrong(String key, JsonPointer at, String what) {
    return new HearthException(SettingsError.WRONG, key, content.place(at), what);
  }

  private void readAll(ObjectNode json, JsonPointer at) {
    json.properties()
        .forEach(
            field -> read(field.getKey(), field.getValue(), at.appendProperty(field.getKey())));
  }

  private void read(String key, JsonNode value, JsonPointer at) {
    if (value.isObject()) {
      for (var field : value.properties()) {
        read(key + "." + field.getKey(), field.getValue(), at.appendProperty(field.getKey()));
      }
      return;
    }
    var place = content.place(at);
    checkKey(key, place);
    if (value.isArray() || value.isNull()) {
      throw new HearthException(
          SettingsError.WRONG, key, place, "it must be a number or a text in double quotes");
    }
    if (entries.put(key, new Entry(value.asText(), place)) != null) {
      throw new HearthException(SettingsError.WRONG, key, place, "it is set twice in this file");
    }
  }

  /** Fails for a key that is no setting's. */
  static void checkKey(String key, String place) {
    var known = Setting.all().stream().map(Setting::key).toList();
    if (known.contains(key)) {
      return;
    }
    var listed = known.stream().map(k -> "`" + k + "`").collect(Collectors.joining(", "));
    var error =
        new HearthException(SettingsError.UNKNOWN, VisibleText.of(key), VisibleText.of(place));
    throw error.hint(
        Suggestion.closest(key, known)
            .map(meant -> "Did you mean `" + meant + "`?")
            .orElse("These can be set: " + listed + "."));
  }

  Optional<Entry> find(Setting<?> setting) {
    return Optional.ofNullable(entries.get(setting.key()));
  }

  /** Fails for the first value that its setting cannot have. */
  void checkValues() {
    for (var setting : Setting.all()) {
      find(setting).ifPresent(entry -> SettingSources.check(setting, entry));
    }
  }

  /** The default connections of a profile, by binding. */
  Map<String, String> connections() {
    return connections;
  }

  /** All profiles, by name. */
  Map<String, SettingsFile> profiles() {
    return profiles;
  }

  /**
   * A profile.
   *
   * @throws HearthException {@code settings.profile-unknown}
   */
  SettingsFile profile(String name) {
    var profile = profiles.get(name);
    if (profile != null) {
      return profile;
    }
    var error = new HearthException(SettingsError.PROFILE_UNKNOWN, VisibleText.of(name));
    if (profiles.isEmpty()) {
      throw error;
    }
    throw error.hint(
        Suggestion.closest(name, profiles.keySet())
            .map(meant -> "Did you mean `" + meant + "`?")
            .orElse("There are these: " + String.join(", ", profiles.keySet()) + "."));
  }
}
