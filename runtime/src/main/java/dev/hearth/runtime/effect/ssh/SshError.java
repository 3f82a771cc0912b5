package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/**
 * Every way in which speaking SSH fails on purpose. Reaching the host fails with a {@link
 * dev.hearth.runtime.effect.NetError}.
 */
public enum SshError implements ErrorCode {
  // ---- The user's configuration
  CONFIG_SYNTAX(
      ErrorKind.USAGE,
      "%s says `%s`, which ssh would not understand either.",
      "Correct that line; `ssh -G HOST` shows what ssh makes of the file."),
  CONFIG_UNSUPPORTED(
      ErrorKind.USAGE,
      "%s uses `%s`, which Hearth does not do.",
      "Use `ProxyJump` in place of `ProxyCommand`, and `Match host` in place of `Match exec`."),
  CONFIG_DEPTH(
      ErrorKind.USAGE,
      "%s includes itself, or more than 16 files in a row.",
      "Take out the `Include` that leads in a circle."),
  HOST_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not a host that ssh could reach.",
      "Write a host name, an address, or an alias of `~/.ssh/config`."),
  // ---- Who answers
  NOT_SSH(
      ErrorKind.SYSTEM,
      "What answers at `%s` does not speak SSH.",
      "Check the host and the port; `ssh -v` shows what answers there."),
  NEGOTIATION(
      ErrorKind.SYSTEM,
      "`%s` and Hearth have no algorithm in common.",
      "Update the SSH server; old algorithms that are broken are not offered."),
  HANDSHAKE_TIMEOUT(
      ErrorKind.TIMEOUT,
      "`%s` answered, but did not finish the handshake within %s.",
      "Check the load of the host, and whether its `MaxStartups` is reached."),
  HOST_KEY_UNKNOWN(
      ErrorKind.SYSTEM,
      "The host key of `%s` is not known: %s %s.",
      "Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_%4$s_key.pub` on the host, then connect"
          + " once with `ssh %5$s` to record it."),
  HOST_KEY_REFUSED(
      ErrorKind.SYSTEM,
      "The host key of `%s` was not accepted: %s %s.",
      "Find out which machine answers there before you try again."),
  HOST_KEY_CHANGED(
      ErrorKind.SYSTEM,
      "The host key of `%s` is not the one that is known: it shows %s %s.",
      "Somebody may listen in. When the host was set up anew, remove its old key with"
          + " `ssh-keygen -R '%4$s'` and connect again."),
  HOST_KEY_REVOKED(
      ErrorKind.SYSTEM,
      "The host key of `%s` is revoked: %s %s.",
      "Do not connect; give the host a new key, as its owner."),
  // ---- Who asks
  AUTHENTICATION_FAILED(
      ErrorKind.SYSTEM,
      "`%s` does not let `%s` in; it takes %s.",
      "Check the user's name, and that one of the offered keys stands in its `authorized_keys`."),
  KEY_NOT_FOUND(
      ErrorKind.USAGE,
      "There is no key file `%s`.",
      "Correct the path; `ssh-keygen -t ed25519` makes a new key."),
  KEY_MALFORMED(
      ErrorKind.USAGE,
      "`%s` is not a private key that can be read.",
      "Give a key in OpenSSH or PEM form; `ssh-keygen -p -f %1$s` rewrites one."),
  KEY_ENCRYPTED(
      ErrorKind.USAGE,
      "The key `%s` needs its passphrase.",
      "Load it with `ssh-add`, or give the connection a `passphrase`."),
  KEY_PASSPHRASE(
      ErrorKind.USAGE,
      "The passphrase does not open the key `%s`.",
      "Give the right one; `ssh-keygen -y -f %1$s` tries it."),
  CERTIFICATE_MALFORMED(
      ErrorKind.USAGE,
      "`%s` is not a certificate of OpenSSH.",
      "Give the file that ends with `-cert.pub`, as `ssh-keygen -s` writes it."),
  AGENT_BROKEN(
      ErrorKind.SYSTEM,
      "The SSH agent at `%s` gave no answer that can be understood.",
      "Try `ssh-add -l`, or leave the agent out by unsetting `SSH_AUTH_SOCK`."),
  // ---- Afterwards
  LOST(
      ErrorKind.SYSTEM,
      "The connection to `%s` was lost: %s.",
      "Check whether what was under way took effect, then try again."),
  CHANNEL_REFUSED(
      ErrorKind.SYSTEM,
      "`%s` refused to open a channel for %s.",
      "Raise `MaxSessions` of its sshd, or allow there what was asked for."),
  LISTEN_REFUSED(
      ErrorKind.SYSTEM,
      "`%s` does not listen at `%s` for us.",
      "Choose another port, or allow it there: `AllowTcpForwarding`, and `GatewayPorts` for an address"
          + " that others reach."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "Working with `%s` was interrupted.",
      "Check what was under way there, then run it again.");

  private final ErrorText text;

  SshError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("ssh", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
