package dev.hearth.runtime.settings;

import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Hearth is set up, each value with its origin. The strongest is a flag, then the environment,
 * then the project's file, then the chosen profile of the user's, then the rest of that, then the
 * default.
 *
 * <p>A project's file is {@code .hearth/settings.json} in the recipe's folder or the nearest one
 * above it. It may come from a stranger along with the recipe, so it can only lower what the user
 * allows.
 */
public final class Settings {
  /** The variable that chooses a profile. */
  public static final String PROFILE = "HEARTH_PROFILE";

  /** How the command line is called where the place of a value is told. */
  static final String FLAGS = "the command line";

  private final SettingSources sources;

  /**
   * A setting as it is listed.
   *
   * @param value as one would write it
   * @param fallback the default, as one would write it
   */
  public record Listed(
      String key, String value, SettingOrigin origin, String fallback, String summary) {}

  private Settings(SettingSources sources) {
    this.sources = sources;
    Setting.all().forEach(sources::value); // fails for the first one that is wrong
  }

  /** All settings at their defaults. */
  public static Settings defaults() {
    return new Settings(
        new SettingSources(
            Map.of(),
            _ -> Optional.empty(),
            SettingsFile.none(),
            SettingsFile.none(),
            SettingsFile.none()));
  }

  /**
   * Reads all settings and checks each value that anybody set.
   *
   * @param flags values by key, from the command line
   * @param config the config folder
   * @param recipe the folder of the recipe, where the project's file is looked for
   * @throws dev.hearth.runtime.HearthException {@code settings.unknown}, {@code settings.wrong},
   *     {@code settings.project-allows-more}
   */
  public static Settings load(
      Map<String, String> flags, Environment environment, Path config, Path recipe) {
    return load(flags, environment, config, project(recipe));
  }

  /** As {@link #load}, where there is no recipe and so no project. */
  public static Settings ofUser(Map<String, String> flags, Environment environment, Path config) {
    return load(flags, environment, config, SettingsFile.none());
  }

  private static Settings load(
      Map<String, String> flags, Environment environment, Path config, SettingsFile project) {
    flags.keySet().forEach(key -> SettingsFile.checkKey(key, FLAGS));
    var user = SettingsFile.ofUser(JsonFile.own(config.resolve("settings.json")).read());
    var profile =
        environment
            .get(PROFILE)
            .filter(name -> !name.isEmpty())
            .map(user::profile)
            .orElseGet(SettingsFile::none);
    return new Settings(new SettingSources(flags, environment, project, profile, user));
  }

  private static SettingsFile project(Path recipe) {
    for (var at = recipe.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      var file = JsonFile.ofProject(at.resolve(".hearth").resolve("settings.json"));
      if (file.exists()) {
        return SettingsFile.ofProject(file.read());
      }
    }
    return SettingsFile.none();
  }

  /** The value that counts. */
  public <T extends Comparable<T>> T get(Setting<T> setting) {
    return sources.value(setting).value();
  }

  /** The limits that the gate keeps. */
  public Limits limits() {
    var limits = Limits.DEFAULT;
    for (var limit : Limit.values()) {
      limits = limits.with(limit, get(Setting.ofLimit(limit)));
    }
    return limits;
  }

  /** Where the value that counts is from. */
  public SettingOrigin origin(Setting<?> setting) {
    return sources.value(setting).origin();
  }

  /** The default connections of the chosen profile, by binding; none without a profile. */
  public Map<String, String> profileConnections() {
    return Map.copyOf(sources.profile().connections());
  }

  /**
   * One setting as it is listed.
   *
   * @throws dev.hearth.runtime.HearthException {@code settings.unknown}
   */
  public Listed listed(String key) {
    SettingsFile.checkKey(key, FLAGS);
    return list().stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
  }

  /** All settings, for {@code --json} and tables. */
  public List<Listed> list() {
    return Setting.all().stream().map(this::listed).toList();
  }

  private <T extends Comparable<T>> Listed listed(Setting<T> setting) {
    var value = sources.value(setting);
    return new Listed(
        setting.key(),
        setting.format(value.value()),
        value.origin(),
        setting.format(setting.fallback()),
        setting.summary());
  }
}
