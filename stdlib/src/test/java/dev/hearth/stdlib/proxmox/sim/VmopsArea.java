package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Clones, moves, snapshots, agent and protection of virtual machines. */
final class VmopsArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("vmops", 52);
  }
}
