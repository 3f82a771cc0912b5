package dev.hearth.stdlib.proxmox.sim.node;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Standard;

/** How methods on one node are declared. */
final class OneNode {
  static final Check AUDIT = Check.perm("/nodes/{node}", "Sys.Audit");
  static final Check MODIFY = Check.perm("/nodes/{node}", "Sys.Modify");

  private OneNode() {}

  static ApiMethod method(String verb, String path, String name, Check check) {
    return ApiMethod.of(verb, "/nodes/{node}/" + path)
        .name(name)
        .allow(check)
        .param("node", Standard.NODE);
  }
}
