package dev.hearth.stdlib.proxmox.sim.base;

import java.util.Set;

/** The servers of a simulated world: each of them answers, but a node itself serves nothing. */
public final class Servers {
  private static final Set<String> NAMES = Set.of("localhost", "::1", "[::1]");

  private Servers() {}

  /** Whether a host is the node that looks for it. */
  public static boolean isThisNode(String host) {
    return NAMES.contains(host) || host.startsWith("127.");
  }
}
