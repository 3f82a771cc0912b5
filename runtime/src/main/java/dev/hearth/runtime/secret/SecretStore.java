package dev.hearth.runtime.secret;

import java.util.Optional;
import java.util.Set;

/**
 * Keeps secrets by name, such as {@code connection/proxmox/lab/token}. Safe for several threads and
 * processes.
 */
public interface SecretStore {
  /** The secret; empty when there is none of that name. */
  Optional<Secret> get(String name);

  /** Keeps a secret, in place of an earlier one of that name. */
  void put(String name, Secret secret);

  /** Forgets a secret; one that is not there is fine. */
  void remove(String name);

  /** All names, sorted. */
  Set<String> names();
}
