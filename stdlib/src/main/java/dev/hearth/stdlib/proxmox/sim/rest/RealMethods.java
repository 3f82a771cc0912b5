package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.base.Lines;
import java.util.HashSet;
import java.util.Set;

/**
 * Which methods a real Proxmox has, so that what is only missing here ({@code not simulated}) is
 * told from what exists nowhere ({@code not implemented}).
 */
public final class RealMethods {
  private static final int FIRST_WITH_MORE = 9;

  private RealMethods() {}

  /** Lines such as {@code GET /nodes/{node}/lxc}; versions before 8 are taken for 8. */
  public static Set<String> of(int major) {
    var methods = new HashSet<>(Lines.of(RealMethods.class, "real-methods.txt"));
    if (major >= FIRST_WITH_MORE) {
      methods.addAll(Lines.of(RealMethods.class, "real-methods-9.txt"));
    }
    return methods;
  }
}
