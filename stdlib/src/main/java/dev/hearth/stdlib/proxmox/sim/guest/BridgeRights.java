package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;

/** Who may connect a network card to which bridge and VLANs. */
public record BridgeRights(Rights rights) {
  /** Refuses a card on a bridge or VLAN that the caller may not use. */
  public void check(PropertyString card) {
    var bridge = card.get("bridge").orElseThrow(() -> Refusal.die("no sdn vnet ID specified"));
    var path = "/sdn/zones/localnetwork/" + bridge;
    var tag = card.get("tag").orElse(null);
    var trunks = card.get("trunks").orElse(null);
    if (tag != null) {
      rights.check(path + "/" + tag, "SDN.Use");
    }
    if (trunks != null) {
      for (var vlan : trunks.split(";", -1)) {
        rights.check(path + "/" + vlan, "SDN.Use");
      }
    }
    if (tag == null && trunks == null) {
      rights.check(path, "SDN.Use");
    }
  }
}
