package dev.hearth.runtime.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
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
 * {@code {"limits.operations": 64}}.
 */
final class SettingsFile {
  /**
   * A value as it stands in a file.
   *
   * @param place file and line
   */
  record Entry(String text, String place) {}

  private final JsonFile.Content content;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What a file holds. Fails with the place of the first mistake. */
  SettingsFile(JsonFile.Content content) {
    this.content = content;
    content
        .root()
        .properties()
        .forEach(
            field ->
                read(
                    field.getKey(),
                    field.getValue(),
                    JsonPointer.empty().appendProperty(field.getKey())));
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
}
