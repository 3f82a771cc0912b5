package dev.hearth.runtime.settings;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.PrivateFolder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hearth's own folders. Each is, in this order: what {@code HEARTH_…} names, a folder {@code
 * hearth} in what the XDG variable names, a folder {@code hearth} at the place that the XDG
 * specification gives. The same holds on macOS, as other command lines do it there. None is made
 * before something is put into it, and then with mode 0700.
 *
 * @param config connections, settings and secrets: {@code HEARTH_CONFIG_HOME}, {@code
 *     XDG_CONFIG_HOME}, {@code ~/.config}
 * @param data shared libraries and installed programs: {@code HEARTH_DATA_HOME}, {@code
 *     XDG_DATA_HOME}, {@code ~/.local/share}
 * @param state journals and histories: {@code HEARTH_STATE_HOME}, {@code XDG_STATE_HOME}, {@code
 *     ~/.local/state}
 * @param cache what can be made again: {@code HEARTH_CACHE_HOME}, {@code XDG_CACHE_HOME}, {@code
 *     ~/.cache}
 * @param runtime sockets: {@code HEARTH_RUNTIME_DIR}, {@code XDG_RUNTIME_DIR}, {@code run} in the
 *     cache folder
 */
public record Places(Path config, Path data, Path state, Path cache, Path runtime) {

  /**
   * The folders of this user.
   *
   * @throws HearthException {@code settings.folder-not-absolute}, {@code settings.no-home}
   */
  public static Places of(Environment environment) {
    var cache = place(environment, "HEARTH_CACHE_HOME", "XDG_CACHE_HOME", ".cache");
    return new Places(
        place(environment, "HEARTH_CONFIG_HOME", "XDG_CONFIG_HOME", ".config"),
        place(environment, "HEARTH_DATA_HOME", "XDG_DATA_HOME", ".local/share"),
        place(environment, "HEARTH_STATE_HOME", "XDG_STATE_HOME", ".local/state"),
        cache,
        own(environment, "HEARTH_RUNTIME_DIR")
            .or(() -> xdg(environment, "XDG_RUNTIME_DIR"))
            .orElseGet(() -> cache.resolve("run")));
  }

  /** All below one folder, as for tests and for programs that embed Hearth. */
  public static Places in(Path home) {
    var absolute = home.toAbsolutePath().normalize();
    return new Places(
        absolute.resolve("config"),
        absolute.resolve("data"),
        absolute.resolve("state"),
        absolute.resolve("cache"),
        absolute.resolve("run"));
  }

  private static Path place(Environment environment, String own, String xdg, String atHome) {
    return own(environment, own)
        .or(() -> xdg(environment, xdg))
        .orElseGet(() -> atHome(environment, atHome));
  }

  private static Path atHome(Environment environment, String folder) {
    return home(environment)
        .orElseThrow(() -> new HearthException(SettingsError.NO_HOME))
        .resolve(folder)
        .resolve("hearth");
  }

  private static Optional<Path> own(Environment environment, String variable) {
    var value = environment.get(variable).filter(text -> !text.isEmpty());
    value
        .filter(text -> absolute(text).isEmpty())
        .ifPresent(
            text -> {
              throw new HearthException(
                  SettingsError.FOLDER_NOT_ABSOLUTE, variable, VisibleText.of(text));
            });
    return value.flatMap(Places::absolute);
  }

  /** The specification says to ignore what is not absolute. */
  private static Optional<Path> xdg(Environment environment, String variable) {
    return environment.get(variable).flatMap(Places::absolute).map(base -> base.resolve("hearth"));
  }

  /** What {@code ~} stands for: {@code HOME}, else what the system says; empty when unknown. */
  public static Optional<Path> home(Environment environment) {
    return environment
        .get("HOME")
        .flatMap(Places::absolute)
        .or(() -> absolute(System.getProperty("user.home", "")));
  }

  /** The file that a setting names, {@code ~/} in the user's home; empty when it names none. */
  public static Optional<Path> resolve(String file, Environment environment) {
    if (!file.startsWith("~/")) {
      return absolute(file);
    }
    var home = home(environment).orElseThrow(() -> new HearthException(SettingsError.NO_HOME));
    return Optional.of(home.resolve(file.substring(2)).normalize());
  }

  private static Optional<Path> absolute(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute).map(Path::normalize);
    } catch (InvalidPathException e) {
      return Optional.empty(); // it holds a NUL
    }
  }

  /**
   * What no grant opens to a recipe: these folders, under the names that the user knows and as they
   * really are behind links. They may not exist yet.
   */
  public Set<Path> protectedPaths() {
    return Stream.of(config, data, state, cache, runtime)
        .flatMap(path -> Stream.of(path, new PrivateFolder(path).real()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
