package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.Secrets;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.secret.Secret;
import java.util.Optional;

/** The gate in front of the secrets. Whether there is one is a part of what it says. */
record GatedSecrets(Secrets secrets, Gate gate) implements Secrets {
  @Override
  public Optional<Secret> get(String name) {
    gate.check(new Permission.Secret(name));
    return secrets.get(name);
  }
}
