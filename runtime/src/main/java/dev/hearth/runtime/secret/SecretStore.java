package dev.hearth.runtime.secret;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps secrets by name, such as {@code connection/proxmox/lab/token}. Safe for several threads and
 * processes.
 */
public interface SecretStore {
  /** The secret; empty when there is none of that name. */
  Optional<Secret> get(String name);

  /**
   * The secret, which somebody named.
   *
   * @throws HearthException {@code secret.unknown}
   */
  default Secret require(String name) {
    return get(name)
        .orElseThrow(
            () -> {
              var error = new HearthException(SecretError.UNKNOWN, name);
              return Suggestion.closest(name, names())
                  .map(meant -> error.hint("Did you mean `" + meant + "`?"))
                  .orElse(error);
            });
  }

  /** Keeps a secret, in place of an earlier one of that name. */
  void put(String name, Secret secret);

  /** Forgets a secret; one that is not there is fine. */
  void remove(String name);

  /** All names, sorted. */
  Set<String> names();
}
