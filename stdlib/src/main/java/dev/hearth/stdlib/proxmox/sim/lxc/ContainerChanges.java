package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.Hotplug;
import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.PendingDelete;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import java.util.ArrayList;
import java.util.Map;

/** Makes what is pending hold: all of it, or what a running container takes. */
final class ContainerChanges {
  private final Container ct;

  ContainerChanges(Container ct) {
    this.ct = ct;
  }

  /**
   * @param all whether the container stands still, so that anything can change
   */
  void apply(boolean all) {
    for (var key : new ArrayList<>(ct.pendingDelete().keys())) {
      if (all || rules().isAtOnce(key, null)) {
        ct.pendingDelete().remove(key);
        remove(key);
      }
    }
    for (var entry :
        Map.copyOf(ct.pending()).entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
      var key = entry.getKey();
      if (!key.equals(PendingDelete.KEY) && (all || rules().isAtOnce(key, entry.getValue()))) {
        put(key, entry.getValue());
      }
    }
    // what is as it should be does not wait
    ct.pending().entrySet().removeIf(e -> e.getValue().equals(ct.get(e.getKey())));
  }

  private Hotplug rules() {
    return Hotplug.ofContainer(ct.config());
  }

  private void remove(String key) {
    var old = ct.config().remove(key);
    if (old == null) {
      return;
    }
    if (MountPoint.isKey(key)) {
      letGo(MountPoint.parse(key, old));
    } else if (DriveKeys.isUnused(key) && !ct.uses(old)) {
      disks().free(Storages.split(old));
    }
  }

  private void letGo(MountPoint mount) {
    mount.volume().map(Object::toString).filter(volid -> !ct.uses(volid)).ifPresent(ct::addUnused);
  }

  private void put(String key, String value) {
    var old = ct.get(key);
    var now = value;
    if (key.matches("mp\\d+") && MountPoint.parse(key, value).newDisk().isPresent()) {
      now = disks().make(Map.of(key, value)).getOrDefault(key, value);
    }
    ct.pending().remove(key);
    ct.config().put(key, now);
    if (old != null && key.matches("mp\\d+")) { // a root that is replaced is forgotten
      letGo(MountPoint.parse(key, old));
    }
  }

  private ContainerDisks disks() {
    return new ContainerDisks(ct.world(), ct.node(), ct.vmid(), line -> {});
  }

  /** Refuses cards on bridges that the node does not have. */
  static void checkBridges(Container ct) {
    if (ct.isTemplate()) {
      return;
    }
    var node = ct.world().node(ct.node());
    ct.config()
        .forEach(
            (key, value) -> {
              if (key.matches("net\\d+")) {
                var card = LxcFormats.card(value);
                var bridge = card.get("bridge").orElse("");
                if (!node.hasBridge(bridge)) {
                  throw Refusal.die("bridge '" + bridge + "' does not exist");
                }
              }
            });
  }
}
