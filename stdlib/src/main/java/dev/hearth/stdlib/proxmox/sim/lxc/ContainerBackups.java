package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.guest.BackupVolume;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;

/** Which volumes of a container go into its backups. */
public final class ContainerBackups {
  private ContainerBackups() {}

  public static List<BackupVolume> volumes(Guest guest) {
    var volumes = new ArrayList<BackupVolume>();
    for (var mount : MountPoint.all(guest.config())) {
      boolean isRoot = mount.key().equals(MountPoint.ROOT);
      boolean isAsked = mount.options().get("backup").filter("1"::equals).isPresent();
      var reason =
          isRoot ? "rootfs" : !mount.isVolume() ? "not a volume" : isAsked ? "enabled" : "disabled";
      boolean isIncluded = isRoot || (mount.isVolume() && isAsked);
      volumes.add(
          new BackupVolume(mount.key(), mount.source(), mount.volume(), isIncluded, reason));
    }
    return volumes;
  }
}
