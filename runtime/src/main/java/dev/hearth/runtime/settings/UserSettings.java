package dev.hearth.runtime.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The user's own {@code settings.json}, to be changed. What would make it wrong is refused and
 * changes nothing. Safe for several threads and processes.
 */
public final class UserSettings {
  private final JsonFile file;

  public UserSettings(Path config) {
    this.file = JsonFile.own(config.resolve("settings.json"));
  }

  public Path path() {
    return file.path();
  }

  /** Its text, as people edit it. */
  public String text() {
    var text = file.read().text();
    return text.isEmpty() ? "{\n}\n" : text;
  }

  /** What is in it; fails with the place of the first mistake, in a profile too. */
  public ObjectNode validated() {
    var content = file.read();
    check(content);
    return content.root();
  }

  private static void check(JsonFile.Content content) {
    var settings = SettingsFile.ofUser(content);
    settings.checkValues();
    settings.profiles().values().forEach(SettingsFile::checkValues);
  }

  /** The names of the profiles. */
  public List<String> profiles() {
    return List.copyOf(SettingsFile.ofUser(file.read()).profiles().keySet());
  }

  /**
   * Sets one.
   *
   * @param profile the profile that it is set in; empty: for all
   * @throws HearthException {@code settings.unknown}, {@code settings.wrong}
   */
  public void set(Optional<String> profile, String key, String text) {
    var value = JsonNodeFactory.instance.textNode(normal(key, text));
    change(
        profile,
        settings -> {
          var _ = remove(settings, List.of(key.split("\\.", -1)));
          settings.remove(key);
          var dot = key.indexOf('.');
          settings.withObjectProperty(key.substring(0, dot)).set(key.substring(dot + 1), value);
        });
  }

  /** The value as one would write it; fails for one that is wrong. */
  private static String normal(String key, String text) {
    SettingsFile.checkKey(key, Settings.FLAGS);
    var setting = Setting.all().stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
    return normal(setting, text);
  }

  private static <T extends Comparable<T>> String normal(Setting<T> setting, String text) {
    try {
      return setting.format(setting.parse(text));
    } catch (IllegalArgumentException e) {
      throw new HearthException(
              SettingsError.WRONG, setting.key(), Settings.FLAGS, String.valueOf(e.getMessage()))
          .hint("Write another value.")
          .with("value", text);
    }
  }

  /** Sets which connection recipes get that name none, while a profile is chosen. */
  public void setConnection(String profile, String binding, String connection) {
    change(
        Optional.of(profile),
        settings -> settings.withObjectProperty(SettingsFile.CONNECTIONS).put(binding, connection));
  }

  /**
   * Takes one out.
   *
   * @param key a setting's, or {@code connections.BINDING} of a profile
   * @return whether it was there
   */
  public boolean unset(Optional<String> profile, String key) {
    if (profile.isEmpty() || !key.startsWith(SettingsFile.CONNECTIONS + ".")) {
      SettingsFile.checkKey(key, Settings.FLAGS);
    }
    var found = new boolean[1];
    change(
        profile,
        settings -> {
          var nested = remove(settings, List.of(key.split("\\.", -1)));
          var dotted = settings.remove(key) != null;
          found[0] = nested || dotted;
        });
    return found[0];
  }

  /** Removes what a path of names leads to, and what is empty then. */
  private static boolean remove(ObjectNode settings, List<String> path) {
    var first = path.getFirst();
    if (path.size() == 1) {
      return settings.remove(first) != null;
    }
    if (!(settings.get(first) instanceof ObjectNode inner)) {
      return false;
    }
    var found = remove(inner, path.subList(1, path.size()));
    if (inner.isEmpty()) {
      settings.remove(first);
    }
    return found;
  }

  @FunctionalInterface
  private interface Change {
    void apply(ObjectNode settings);
  }

  private void change(Optional<String> profile, Change change) {
    file.update(
        content -> {
          check(content);
          var root = content.root();
          if (profile.isEmpty()) {
            change.apply(root);
          } else {
            var name = profile.get();
            requireProfileName(name);
            var profiles = root.withObjectProperty(SettingsFile.PROFILES);
            change.apply(profiles.withObjectProperty(name));
            if (profiles.path(name).isEmpty()) {
              profiles.remove(name);
            }
            if (profiles.isEmpty()) {
              root.remove(SettingsFile.PROFILES);
            }
          }
        });
  }

  private static void requireProfileName(String name) {
    if (!ConnectionsFile.isName(name)) {
      throw new HearthException(SettingsError.PROFILE_NAME, VisibleText.of(name), Settings.FLAGS);
    }
  }

  /**
   * Fails for what {@link #replace} would refuse, or would have to overwrite.
   *
   * @throws HearthException {@code settings.not-empty}
   */
  public void requireImportable(JsonFile.Content given, boolean mayReplace) {
    check(given);
    if (!mayReplace && !file.read().root().isEmpty()) {
      throw new HearthException(SettingsError.NOT_EMPTY, file.path());
    }
  }

  /**
   * Puts other settings in place of all.
   *
   * @param given what is new, as it was read
   */
  public void replace(JsonFile.Content given) {
    check(given);
    file.update(content -> content.root().removeAll().setAll(given.root()));
  }
}
