package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.secret.Secret;
import java.util.Optional;

/**
 * What proves who logs in, beside keys.
 *
 * @param passphrase opens encrypted keys
 */
public record SshSecrets(Optional<Secret> password, Optional<Secret> passphrase) {
  /** Keys alone. */
  public static final SshSecrets NONE = new SshSecrets(Optional.empty(), Optional.empty());
}
