package dev.hearth.stdlib.proxmox.sim.access;

import org.jspecify.annotations.Nullable;

/**
 * An API token.
 *
 * @param secret the UUID that its owner was shown once
 * @param privsep whether it has only the rights that were given to itself
 * @param expire seconds since 1970; 0 for never
 */
public record Token(String secret, boolean privsep, long expire, @Nullable String comment) {
  /** Whether it may be used at this time, in seconds since 1970. */
  public boolean isOpen(long now) {
    return expire == 0 || expire > now;
  }
}
