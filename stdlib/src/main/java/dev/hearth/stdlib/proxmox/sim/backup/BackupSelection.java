package dev.hearth.stdlib.proxmox.sim.backup;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.guest.BackupVolume;
import dev.hearth.stdlib.proxmox.sim.lxc.ContainerBackups;
import dev.hearth.stdlib.proxmox.sim.qemu.VmBackups;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which guests a backup is of, and which of their volumes. */
final class BackupSelection {
  private BackupSelection() {}

  /** The ids that options choose, whether there are such guests or not. */
  static List<Integer> of(World world, Map<String, String> options) {
    var chosen = new TreeSet<Integer>();
    var pool = options.get("pool");
    if (pool != null) {
      var members = world.accounts().pools().get(pool);
      if (members != null) {
        chosen.addAll(members.vms());
      }
    } else if ("1".equals(options.get("all"))) {
      chosen.addAll(world.guests().keySet());
    }
    Lists.split(options.getOrDefault("vmid", "")).forEach(id -> chosen.add(Integer.valueOf(id)));
    Lists.split(options.getOrDefault("exclude", ""))
        .forEach(id -> chosen.remove(Integer.valueOf(id)));
    return List.copyOf(chosen);
  }

  static List<BackupVolume> volumes(Guest guest) {
    return guest.isContainer() ? ContainerBackups.volumes(guest) : VmBackups.volumes(guest);
  }

  /** What a guest is called. */
  static String name(Guest guest) {
    var name = guest.config().get(guest.isContainer() ? "hostname" : "name");
    return name != null ? name : (guest.isContainer() ? "CT" : "VM") + guest.vmid();
  }
}
