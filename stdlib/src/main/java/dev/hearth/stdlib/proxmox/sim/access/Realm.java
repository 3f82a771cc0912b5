package dev.hearth.stdlib.proxmox.sim.access;

import org.jspecify.annotations.Nullable;

/**
 * Where users come from.
 *
 * @param type {@code pam} or {@code pve}
 */
public record Realm(String type, @Nullable String comment) {}
