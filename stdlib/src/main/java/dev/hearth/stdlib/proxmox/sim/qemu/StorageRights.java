package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which storages and volumes the drives of a request may touch. */
record StorageRights(World world, Rights rights, String node, int vmid) {

  /**
   * Refuses drives on storages or volumes that the caller may not use, before anything is done.
   *
   * @param defaultStorage where new disks go that name no storage
   */
  void check(Map<String, String> settings, @Nullable String defaultStorage) {
    for (var key : new TreeSet<>(settings.keySet())) {
      if (DriveKeys.isDrive(key)) {
        check(Drive.parse(key, settings.getOrDefault(key, "")), defaultStorage);
      }
    }
    var state = settings.get("vmstatestorage");
    if (state != null) {
      rights.check("/storage/" + state, "Datastore.AllocateSpace");
    }
  }

  private void check(Drive drive, @Nullable String defaultStorage) {
    var file = drive.file();
    var newDisk = drive.newDisk();
    if (file.equals("none") || file.endsWith(":cloudinit")) {
      // allowed to all; the storage is looked for when the drive is made
    } else if (file.equals("cdrom")) {
      rights.check("/", "Sys.Console");
    } else if (newDisk.isPresent() && !drive.isCdrom()) {
      var named = newDisk.get().storage();
      allocate(named == null ? defaultStorage : named);
    } else {
      volume(file);
      checkKind(drive);
    }
    drive.options().get("import-from").ifPresent(source -> source(drive.key(), source));
  }

  private void allocate(@Nullable String storage) {
    if (storage == null) {
      throw Refusal.die("no storage ID specified (and no default storage)");
    }
    rights.check("/storage/" + storage, "Datastore.AllocateSpace");
    if (!world.storages().config(storage).content().contains("images")) {
      throw Refusal.parameter("storage", "storage '" + storage + "' does not support vm images");
    }
  }

  private void checkKind(Drive drive) {
    drive
        .volume()
        .ifPresent(
            id -> {
              var kind = storage(id.storage()).parse(id.volname()).content();
              if (!kind.equals("images") && !kind.equals("iso")) {
                throw Refusal.parameter(drive.key(), "content type needs to be 'images' or 'iso'");
              }
            });
  }

  private void source(String key, String source) {
    if (source.startsWith("/")) {
      volume(source);
      return;
    }
    var id = Storages.split(source);
    var name = storage(id.storage()).parse(id.volname());
    if (!name.content().equals("images") && !name.content().equals("import")) {
      throw Refusal.parameter(
          key,
          source + " has wrong type '" + name.content() + "' - needs to be 'images' or 'import'");
    }
    var owner = name.vmid();
    if (owner != null) {
      rights.check("/vms/" + owner, "VM.Clone");
    } else {
      volume(source);
    }
  }

  /** Refuses a volume or path that the caller may not use for this VM. */
  private void volume(String file) {
    if (!file.contains(":") || file.startsWith("/")) {
      if (!rights.isRoot()) {
        throw Refusal.die(
            "Only root can pass arbitrary filesystem paths. at"
                + " /usr/share/perl5/PVE/Storage.pm line 581.");
      }
      return;
    }
    var id = Storages.split(file);
    var path = "/storage/" + id.storage();
    var name = storage(id.storage()).parse(id.volname());
    var owner = name.vmid();
    if (rights.has(path, "Datastore.Allocate")) {
      return;
    }
    if (!name.content().equals("images")) {
      rights.checkAny(path, "Datastore.AllocateSpace", "Datastore.Audit");
    } else if (owner != null && owner != vmid) {
      rights.check(path, "Datastore.Audit");
      rights.check("/vms/" + owner, "VM.Config.Disk");
    }
  }

  private dev.hearth.stdlib.proxmox.sim.storage.Storage storage(String id) {
    return world.storages().at(node, id);
  }
}
