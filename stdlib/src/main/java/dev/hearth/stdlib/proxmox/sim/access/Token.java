package dev.hearth.stdlib.proxmox.sim.access;

import org.jspecify.annotations.Nullable;

/**
 * An API token.
 *
 * @param secret the UUID that its owner was shown once; empty if nobody knows it here
 * @param privsep whether it has only the rights that were given to itself
 * @param expire seconds since 1970; 0 for never
 */
public record Token(String secret, boolean privsep, long expire, @Nullable String comment) {
  /** A token of a real Proxmox, with which nobody can log in here. */
  public static Token withoutSecret(boolean privsep, long expire, @Nullable String comment) {
    return new Token("", privsep, expire, comment);
  }

  /** Whether somebody can log in with it. */
  public boolean isKnown() {
    return !secret.isEmpty();
  }

  /** Whether it may be used at this time, in seconds since 1970. */
  public boolean isOpen(long now) {
    return expire == 0 || expire > now;
  }
}
