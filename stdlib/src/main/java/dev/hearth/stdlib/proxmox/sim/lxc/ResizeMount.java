package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DiskSize;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import org.jspecify.annotations.Nullable;

/** {@code PUT …/resize}: gives a volume more room. What is wrong is said before the task begins. */
final class ResizeMount {
  private ResizeMount() {}

  static @Nullable Object answer(Call call) {
    var vmid = call.params().integer("vmid");
    return Container.locked(
        call.world(), vmid, () -> begin(call, Container.load(call.world(), call.node(), vmid)));
  }

  private static @Nullable Object begin(Call call, Container ct) {
    ct.checkLock();
    ct.checkDigest(call.params().find("digest"));
    var mount = MountPoint.of(ct, call.params().text("disk"));
    var volume =
        mount
            .volume()
            .orElseThrow(() -> Refusal.die("unable to parse volume ID '" + mount.source() + "'"));
    var disks = new Disks(call.world(), call.node(), line -> {});
    var owner = disks.storage(volume.storage()).parse(volume.volname()).vmid();
    if (owner == null || owner != ct.vmid()) {
      throw Refusal.die("can't resize mount point owned by another container (" + owner + ")");
    }
    call.rights().check("/storage/" + volume.storage(), "Datastore.AllocateSpace");
    var size = call.params().text("size");
    var now = disks.get(volume).virtualBytes();
    var wanted =
        size.startsWith("+") ? now + DiskSize.bytes(size.substring(1)) : DiskSize.bytes(size);
    if (wanted < now) {
      throw Refusal.die("unable to shrink disk size");
    }
    if (wanted == now) {
      return null;
    }
    return GuestKind.CONTAINER.fork(call, "resize", task -> work(ct, mount, wanted, task));
  }

  private static void work(Container ct, MountPoint mount, long wanted, TaskRun task) {
    var disks = new Disks(ct.world(), ct.node(), task::log);
    var volume = mount.volume().orElseThrow();
    var bytes = disks.resize(volume, wanted, false);
    ct.config().put(mount.key(), mount.on(volume, bytes).text());
    task.work();
    var path = disks.storage(volume.storage()).path(volume.volname());
    task.log("resize2fs 1.47.0 (5-Feb-2023)");
    task.log(
        "The filesystem on " + path + " is now " + new Ext4(bytes).blocks() + " (4k) blocks long.");
    task.log("");
  }
}
