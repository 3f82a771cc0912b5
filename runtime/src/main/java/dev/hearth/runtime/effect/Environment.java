package dev.hearth.runtime.effect;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The process's environment variables. */
public interface Environment {
  /** The variable's value; empty when it is not set. */
  Optional<String> get(String name);

  /** The variables that are set; none where only those can be had that are asked for by name. */
  default Set<String> names() {
    return Set.of();
  }

  /** The environment that this program was started with; nothing checks it. */
  static Environment system() {
    return of(System.getenv());
  }

  /** These variables. */
  static Environment of(Map<String, String> variables) {
    return new Environment() {
      @Override
      public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
      }

      @Override
      public Set<String> names() {
        return Set.copyOf(variables.keySet());
      }
    };
  }
}
