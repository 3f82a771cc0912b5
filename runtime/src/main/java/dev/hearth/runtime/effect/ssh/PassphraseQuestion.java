package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Asks a person for the passphrase of a key, without showing it. */
@FunctionalInterface
public interface PassphraseQuestion {
  /**
   * Blocks until it is answered.
   *
   * @param key the file of the private key
   * @param again whether the answer before was wrong
   * @return empty: the key is to be left out
   */
  Optional<Secret> passphrase(Path key, boolean again);
}
