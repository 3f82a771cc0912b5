package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Datacenter options, jobs, HA, SDN, metrics, and the firewall at all its levels. */
final class ClusterArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("cluster", 45, "node", 0, "vm", 0);
  }
}
