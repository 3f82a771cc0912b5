package dev.hearth.runtime.secret;

/** The key has a passphrase. */
final class SshKeyLockedException extends Exception {
  private static final long serialVersionUID = 1L;
}
