package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Storages and what lies on them. */
final class StorageArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("storage", 29);
  }
}
