package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code DELETE /nodes/NODE/lxc/VMID}: the container, its volumes and what else names it. */
final class DestroyContainer {
  private final Call call;
  private final int vmid;

  private DestroyContainer(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
  }

  static Object answer(Call call) {
    var destroy = new DestroyContainer(call);
    destroy.check();
    return GuestKind.CONTAINER.fork(call, "vzdestroy", destroy::work);
  }

  private Container check() {
    var ct = Container.load(call.world(), call.node(), vmid);
    HaResources.checkFree(call.world(), ct.guest(), call.params().flag("purge"));
    ct.checkProtection("can't remove CT " + vmid);
    if (ct.isRunning() && !call.params().flag("force")) {
      throw Refusal.die("unable to destroy CT " + vmid + " - container is running");
    }
    return ct;
  }

  private void work(TaskRun task) {
    var ct = check();
    ct.checkLock();
    if (ct.isRunning()) {
      task.log("forced to stop CT " + vmid + " before destroying!");
      PowerContainer.halt(ct);
    }
    var disks = new ContainerDisks(call.world(), call.node(), vmid, task::log);
    volumes(ct).forEach(disks::free);
    if (call.params().flag("destroy-unreferenced-disks")) {
      disks.disks().ofGuest(vmid).forEach(disks::free);
    }
    ct.remove(call.params().flag("purge"), task);
  }

  /** All that its configuration, what is pending and its snapshots name. */
  private static Set<VolumeId> volumes(Container ct) {
    var found = new LinkedHashSet<VolumeId>();
    ct.mountPoints().forEach(mount -> mount.volume().ifPresent(found::add));
    MountPoint.all(ct.pending()).forEach(mount -> mount.volume().ifPresent(found::add));
    ct.config()
        .forEach(
            (key, value) -> {
              if (DriveKeys.isUnused(key)) {
                found.add(Storages.split(value));
              }
            });
    for (var section : ct.snapshots().values()) {
      MountPoint.all(section).forEach(mount -> mount.volume().ifPresent(found::add));
    }
    return found;
  }
}
