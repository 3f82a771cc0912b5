package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes and removes the volumes of one container. What it made can be taken back. */
final class ContainerDisks {
  private final World world;
  private final int vmid;
  private final Disks disks;
  private final Consumer<String> log;
  private final List<VolumeId> made = new ArrayList<>();

  ContainerDisks(World world, String node, int vmid, Consumer<String> log) {
    this.world = world;
    this.vmid = vmid;
    this.disks = new Disks(world, node, log);
    this.log = log;
  }

  Disks disks() {
    return disks;
  }

  /** Makes the volumes among these mount points; returns how the configuration names them all. */
  Map<String, String> make(Map<String, String> settings) {
    var result = new LinkedHashMap<String, String>();
    try {
      for (var mount : MountPoint.all(settings)) {
        var wanted = mount.newDisk();
        if (wanted.isPresent()) {
          var volume = format(wanted.get().storage(), wanted.get().bytes());
          result.put(mount.key(), mount.on(volume, disks.get(volume).virtualBytes()).text());
        } else {
          result.put(mount.key(), mount.text());
        }
      }
    } catch (Refusal e) {
      takeBack();
      throw e;
    }
    return result;
  }

  /** A new volume with an empty file system on it. */
  VolumeId format(String storage, long bytes) {
    var volume = disks.allocate(storage, vmid, "raw", null, bytes);
    made.add(volume);
    new Ext4(disks.get(volume).virtualBytes()).make(world.dice().uuid(), log);
    return volume;
  }

  /** A linked clone of a base volume. */
  VolumeId link(VolumeId base) {
    var volume = disks.link(base, vmid);
    made.add(volume);
    return volume;
  }

  /** Removes what was made. */
  void takeBack() {
    made.forEach(disks::free);
    made.clear();
  }

  /** Removes a volume if it is the container's own. */
  void free(VolumeId volume) {
    var owner = disks.storage(volume.storage()).parse(volume.volname()).vmid();
    if (Objects.equals(owner, vmid)) {
      disks.free(volume);
    }
  }

  /** The volume of a mount point that must be there to be mounted. */
  static Optional<VolumeId> mounted(MountPoint mount, Disks disks) {
    mount.volume().ifPresent(disks::get);
    return mount.volume();
  }

  /** Whether a storage can do something with a container's volume. */
  static boolean can(String feature, VolumeId volume, boolean ofSnapshot, Disks disks) {
    // the qcow2 that a linked clone would be on files is nothing that a container can mount
    boolean isFiles = disks.storage(volume.storage()).config().isFiles();
    return !(isFiles && feature.equals("clone")) && disks.can(feature, volume, ofSnapshot);
  }
}
