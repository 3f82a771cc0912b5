package dev.hearth.runtime.effect;

import java.util.Optional;

/** The process's environment variables. */
public interface Environment {
  /** The variable's value; empty when it is not set. */
  Optional<String> get(String name);

  /** The environment that this program was started with; nothing checks it. */
  static Environment system() {
    return name -> Optional.ofNullable(System.getenv(name));
  }
}
