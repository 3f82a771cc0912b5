package dev.hearth.runtime.effect;

import dev.hearth.runtime.secret.Secret;
import java.util.Optional;

/** The user's stored secrets, behind the gate: each needs a permission of its own. */
public interface Secrets {
  /** The secret of a name; empty when there is none. Says nothing of other names. */
  Optional<Secret> get(String name);
}
