package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Users, groups, tokens, roles, ACLs, permissions and realms. */
final class AccessArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("access", 167);
  }
}
