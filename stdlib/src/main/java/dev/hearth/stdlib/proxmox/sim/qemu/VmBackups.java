package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.guest.BackupVolume;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;

/** Which disks of a VM go into its backups. */
public final class VmBackups {
  private VmBackups() {}

  public static List<BackupVolume> volumes(Guest guest) {
    var volumes = new ArrayList<BackupVolume>();
    for (var drive : Drive.all(guest.config())) {
      if (drive.isCdrom()) {
        continue;
      }
      boolean isIncluded = !drive.options().get("backup").filter("0"::equals).isPresent();
      var reason = "backup=" + (isIncluded ? "yes" : "no");
      if (drive.key().startsWith("efidisk") && !"ovmf".equals(guest.config().get("bios"))) {
        isIncluded = false;
        reason = "efidisk but no OMVF BIOS";
      }
      volumes.add(new BackupVolume(drive.key(), drive.file(), drive.volume(), isIncluded, reason));
    }
    return volumes;
  }
}
