package dev.hearth.runtime.effect.ssh;

/** Asks a person whether a host that is met for the first time is the right one. */
@FunctionalInterface
public interface HostKeyQuestion {
  /**
   * Blocks until it is answered.
   *
   * @param host as known_hosts names it
   * @param type such as {@code ED25519}
   * @param fingerprint {@code SHA256:…}
   * @return whether the key is to be recorded and trusted
   */
  boolean isRightHost(String host, String type, String fingerprint);
}
