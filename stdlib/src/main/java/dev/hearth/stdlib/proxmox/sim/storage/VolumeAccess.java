package dev.hearth.stdlib.proxmox.sim.storage;

import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Who may use a volume that is named by its id. */
public final class VolumeAccess {
  private VolumeAccess() {}

  /**
   * Refuses unless somebody may use a volume.
   *
   * @param volid the volume's id, or a path, which only root may name
   * @param forVmid the guest it is to be used for; a guest's own volumes are free for it
   */
  public static void check(
      Rights rights, Storages storages, @Nullable Integer forVmid, String volid) {
    if (!volid.contains(":") || volid.startsWith("/")) {
      if (!rights.isRoot()) {
        throw Refusal.die(
            "Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line"
                + " 581.");
      }
      return;
    }
    var id = Storages.split(volid);
    var name = storages.parse(id);
    var path = "/storage/" + id.storage();
    if (rights.has(path, "Datastore.Allocate")) {
      return;
    }
    var owner = name.vmid();
    switch (name.content()) {
      case "iso", "vztmpl", "import" ->
          rights.checkAny(path, "Datastore.AllocateSpace", "Datastore.Audit");
      case "backup", "images", "rootdir" -> {
        if (owner == null) {
          throw missing(volid);
        }
        if (!owner.equals(forVmid)) {
          boolean isBackup = name.content().equals("backup");
          rights.check(path, isBackup ? "Datastore.AllocateSpace" : "Datastore.Audit");
          rights.check("/vms/" + owner, isBackup ? "VM.Backup" : "VM.Config.Disk");
        }
      }
      default -> throw missing(volid);
    }
  }

  private static Refusal missing(String volid) {
    return Refusal.die("missing privileges to access " + volid);
  }
}
