package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.permission.Permission;
import java.util.Optional;

/** The gate in front of the environment. Whether a variable is set is a part of what it says. */
record GatedEnvironment(Environment environment, Gate gate) implements Environment {
  @Override
  public Optional<String> get(String name) {
    gate.check(new Permission.Env(name));
    return environment.get(name);
  }
}
