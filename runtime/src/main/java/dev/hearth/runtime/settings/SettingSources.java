package dev.hearth.runtime.settings;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.settings.SettingOrigin.Kind;
import java.util.Map;
import java.util.Optional;

/** All that may say a setting's value, and which of them counts. */
record SettingSources(
    Map<String, String> flags,
    Environment environment,
    SettingsFile project,
    SettingsFile profile,
    SettingsFile user) {
  private static final String BUILT_IN = "built in";

  /** A value that counts, with its origin. */
  record Value<T>(T value, SettingOrigin origin) {}

  <T extends Comparable<T>> Value<T> value(Setting<T> setting) {
    var flag = Optional.ofNullable(flags.get(setting.key()));
    if (flag.isPresent()) {
      return read(setting, flag.get(), new SettingOrigin(Kind.FLAG, Settings.FLAGS));
    }
    var variable = environment.get(setting.variable()).filter(text -> !text.isEmpty());
    if (variable.isPresent()) {
      return read(setting, variable.get(), new SettingOrigin(Kind.ENVIRONMENT, setting.variable()));
    }
    var own = fromUser(setting);
    return project.find(setting).map(entry -> fromProject(setting, entry, own)).orElse(own);
  }

  private <T extends Comparable<T>> Value<T> fromUser(Setting<T> setting) {
    return profile
        .find(setting)
        .map(entry -> read(setting, entry.text(), new SettingOrigin(Kind.PROFILE, entry.place())))
        .or(
            () ->
                user.find(setting)
                    .map(
                        entry ->
                            read(
                                setting,
                                entry.text(),
                                new SettingOrigin(Kind.USER, entry.place()))))
        .orElseGet(
            () -> new Value<>(setting.fallback(), new SettingOrigin(Kind.DEFAULT, BUILT_IN)));
  }

  private static <T extends Comparable<T>> Value<T> fromProject(
      Setting<T> setting, SettingsFile.Entry entry, Value<T> own) {
    if (!setting.projectMayLower()) {
      throw new HearthException(
          SettingsError.NOT_FOR_PROJECTS, setting.key(), VisibleText.of(entry.place()));
    }
    var value = read(setting, entry.text(), new SettingOrigin(Kind.PROJECT, entry.place()));
    if (value.value().compareTo(own.value()) > 0) {
      throw new HearthException(
          SettingsError.PROJECT_ALLOWS_MORE,
          VisibleText.of(entry.place()),
          setting.key(),
          setting.format(value.value()),
          setting.format(own.value()));
    }
    return value;
  }

  /** Fails for a value that the setting cannot have. */
  static <T extends Comparable<T>> void check(Setting<T> setting, SettingsFile.Entry entry) {
    var _ = read(setting, entry.text(), new SettingOrigin(Kind.USER, entry.place()));
  }

  private static <T extends Comparable<T>> Value<T> read(
      Setting<T> setting, String text, SettingOrigin origin) {
    try {
      return new Value<>(setting.parse(text), origin);
    } catch (IllegalArgumentException e) {
      throw new HearthException(
              SettingsError.WRONG,
              setting.key(),
              VisibleText.of(origin.place()),
              String.valueOf(e.getMessage()))
          .with("value", text);
    }
  }
}
