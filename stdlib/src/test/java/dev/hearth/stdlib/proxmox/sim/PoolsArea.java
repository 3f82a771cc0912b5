package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Resource pools. */
final class PoolsArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("pools", 16);
  }
}
