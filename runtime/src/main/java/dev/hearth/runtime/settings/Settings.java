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
 * then the project's file, then the user's, then the default.
 *
 * <p>A project's file is {@code .hearth/settings.json} in the recipe's folder or the nearest one
 * above it. It may come from a stranger along with the recipe, so it can only lower what the user
 * allows.
 */
public final class Settings {
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
    return new Settings(new SettingSources(Map.of(), _ -> Optional.empty(), noFile(), noFile()));
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
    flags.keySet().forEach(key -> SettingsFile.checkKey(key, FLAGS));
    return new Settings(
        new SettingSources(
            flags,
            environment,
            project(recipe),
            new SettingsFile(JsonFile.own(config.resolve("settings.json")).read())));
  }

  /** As {@link #load}, where there is no recipe and so no project. */
  public static Settings ofUser(Map<String, String> flags, Environment environment, Path config) {
    flags.keySet().forEach(key -> SettingsFile.checkKey(key, FLAGS));
    return new Settings(
        new SettingSources(
            flags,
            environment,
            noFile(),
            new SettingsFile(JsonFile.own(config.resolve("settings.json")).read())));
  }

  private static SettingsFile noFile() {
    return new SettingsFile(JsonFile.Content.none());
  }

  private static SettingsFile project(Path recipe) {
    for (var at = recipe.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      var file = JsonFile.ofProject(at.resolve(".hearth").resolve("settings.json"));
      if (file.exists()) {
        return new SettingsFile(file.read());
      }
    }
    return noFile();
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
