package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Network, DNS, time, services and certificates of a node. */
final class NodesArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("nodes", 24);
  }
}
