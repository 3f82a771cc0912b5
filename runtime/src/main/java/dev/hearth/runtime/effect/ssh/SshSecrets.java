package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.secret.Secret;
import java.util.Optional;

/**
 * What proves who logs in, beside the keys in files and those of the agent.
 *
 * @param passphrase opens encrypted keys
 * @param privateKey the text of the only key to be offered; no file and no agent is asked then
 */
public record SshSecrets(
    Optional<Secret> password, Optional<Secret> passphrase, Optional<Secret> privateKey) {
  /** Keys in files and those of the agent alone. */
  public static final SshSecrets NONE =
      new SshSecrets(Optional.empty(), Optional.empty(), Optional.empty());

  /** What of it is for a host on the way, where other keys lead. */
  SshSecrets onTheWay() {
    return new SshSecrets(Optional.empty(), passphrase, Optional.empty());
  }
}
