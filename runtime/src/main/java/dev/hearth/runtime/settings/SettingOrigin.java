package dev.hearth.runtime.settings;

/**
 * Where a setting's value is from.
 *
 * @param kind who said it
 * @param place where exactly: a variable's name, or a file and line; {@code the command line};
 *     {@code built in}
 */
public record SettingOrigin(Kind kind, String place) {
  /** Who said a value, the strongest first. */
  public enum Kind {
    FLAG,
    ENVIRONMENT,
    /** {@code .hearth/settings.json} in the recipe's folder or the nearest one above. */
    PROJECT,
    /** The chosen profile in {@code settings.json} of the config folder. */
    PROFILE,
    /** {@code settings.json} in the config folder. */
    USER,
    DEFAULT
  }
}
