package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.Map;

/** {@code POST /nodes/NODE/lxc/ID/move_volume}: a volume on another storage. */
final class MoveVolume {
  private final Call call;
  private final String key;
  private final String storage;

  private MoveVolume(Call call, String storage) {
    this.call = call;
    this.key = call.params().text("volume");
    this.storage = storage;
  }

  static Object answer(Call call) {
    var storage = call.params().find("storage");
    boolean toAnother = call.params().has("target-vmid");
    if (toAnother && storage != null) {
      throw wrong("either set 'storage' or 'target-vmid', but not both");
    }
    if (toAnother) {
      throw Refusal.of(501, "Giving a volume to another container is not simulated");
    }
    if (storage == null) {
      throw wrong("both 'storage' and 'target-vmid' missing, either needs to be set");
    }
    call.rights().check("/storage/" + storage, "Datastore.AllocateSpace");
    var move = new MoveVolume(call, storage);
    var ct = ContainerReads.ct(call);
    return GuestKind.CONTAINER.locked(call.world(), ct.vmid(), () -> move.begin(ct));
  }

  private static Refusal wrong(String problem) {
    return Refusal.parameters(Map.of("storage", problem, "target-vmid", problem));
  }

  private Object begin(Container ct) {
    ct.checkLock();
    ct.checkDigest(call.params().find("digest"));
    if (ct.isRunning()) {
      throw Refusal.die("cannot move volumes of a running container");
    }
    if (volume(ct).storage().equals(storage)) {
      throw Refusal.die("you can't move to the same storage with same format");
    }
    call.world().storages().at(call.node(), storage);
    return GuestKind.CONTAINER.fork(call, "move_volume", task -> work(ct, task));
  }

  private VolumeId volume(Container ct) {
    if (DriveKeys.isUnused(key)) {
      var unused = ct.get(key);
      if (unused == null) {
        throw Refusal.die("volume '" + key + "' for container '" + ct.vmid() + "' does not exist");
      }
      return Storages.split(unused);
    }
    var mount = MountPoint.of(ct, key);
    return mount
        .volume()
        .orElseThrow(() -> Refusal.die("you can't move a " + mount.type() + " mount point"));
  }

  private void work(Container ct, TaskRun task) {
    var old = volume(ct);
    var disks = new ContainerDisks(call.world(), call.node(), ct.vmid(), task::log);
    ct.lock("disk");
    try {
      var moved = disks.format(storage, disks.disks().get(old).virtualBytes());
      task.work();
      Rsync.copied(Long.parseLong(ct.state().getOrDefault("used", "0")), task::log);
      put(ct, moved, disks.disks());
    } finally {
      ct.unlock();
    }
    if (call.params().flag("delete")) {
      disks.free(old);
    } else {
      ct.addUnused(old.toString());
    }
  }

  private void put(Container ct, VolumeId moved, Disks disks) {
    ct.config()
        .put(
            key,
            DriveKeys.isUnused(key)
                ? moved.toString()
                : MountPoint.of(ct, key).on(moved, disks.get(moved).virtualBytes()).text());
  }
}
