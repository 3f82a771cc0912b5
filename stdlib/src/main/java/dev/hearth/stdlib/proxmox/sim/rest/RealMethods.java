package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.base.Lines;
import java.util.Set;

/**
 * Which methods a real Proxmox has, so that what is only missing here ({@code not simulated}) is
 * told from what exists nowhere ({@code not implemented}).
 */
public final class RealMethods {
  private RealMethods() {}

  /** Lines such as {@code GET /nodes/{node}/lxc}. */
  public static Set<String> all() {
    return Set.copyOf(Lines.of(RealMethods.class, "real-methods.txt"));
  }
}
