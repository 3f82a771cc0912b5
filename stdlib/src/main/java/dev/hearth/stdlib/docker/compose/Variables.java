package dev.hearth.stdlib.docker.compose;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a model may name: what the recipe gave, then the environment as far as it is
 * granted, then environment files. Not safe for several threads.
 */
final class Variables {
  private final @Nullable Variables outer;
  private final Map<String, String> given;
  private final Function<String, Optional<String>> environment;
  private final Map<String, String> fromFiles = new LinkedHashMap<>();
  private final Map<String, String> used = new LinkedHashMap<>();
  private final Set<String> unset = new LinkedHashSet<>();

  /**
   * Those that a recipe gave.
   *
   * @param environment of the user, as far as the recipe may see it
   */
  Variables(Map<String, String> given, Function<String, Optional<String>> environment) {
    this(null, given, environment);
  }

  private Variables(
      @Nullable Variables outer,
      Map<String, String> given,
      Function<String, Optional<String>> environment) {
    this.outer = outer;
    this.given = given;
    this.environment = environment;
  }

  /** Those of a file that is included: these come first, then its own. */
  Variables within() {
    return new Variables(this, Map.of(), this::find);
  }

  /** Adds those of a file; of two files, the later one counts. */
  void addFile(Map<String, String> variables) {
    fromFiles.putAll(variables);
  }

  Optional<String> find(String name) {
    var value =
        Optional.ofNullable(given.get(name))
            .or(() -> environment.apply(name))
            .or(() -> Optional.ofNullable(fromFiles.get(name)));
    value.ifPresent(found -> used.put(name, found));
    return value;
  }

  /** The value of one that is named without more; an unset one is empty, and is told. */
  String plain(String name) {
    return find(name)
        .orElseGet(
            () -> {
              tellUnset(name);
              return "";
            });
  }

  private void tellUnset(String name) {
    if (outer == null) {
      unset.add(name);
    } else {
      outer.tellUnset(name);
    }
  }

  /** Those that were found, by name. */
  Map<String, String> used() {
    return Map.copyOf(used);
  }

  /** Those that were named and are not set. */
  Set<String> unset() {
    return Set.copyOf(unset);
  }
}
