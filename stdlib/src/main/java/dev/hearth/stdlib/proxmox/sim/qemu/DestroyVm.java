package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** {@code DELETE /nodes/NODE/qemu/VMID}: the VM, its disks and what else names it. */
final class DestroyVm {
  private final Call call;
  private final int vmid;

  private DestroyVm(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
  }

  static Object answer(Call call) {
    var destroy = new DestroyVm(call);
    AnyGuest.checkSkipLock(call);
    destroy.check();
    return GuestKind.VM.fork(call, "qmdestroy", destroy::work);
  }

  private Vm check() {
    var vm = Vm.load(call.world(), call.node(), vmid);
    HaResources.checkFree(call.world(), vm.guest(), call.params().flag("purge"));
    vm.checkProtection("can't remove VM " + vmid);
    if (vm.isRunning()) {
      throw Refusal.die("VM " + vmid + " is running - destroy failed");
    }
    return vm;
  }

  private void work(TaskRun task) {
    var vm = check();
    if (!call.params().flag("skiplock") && !"suspended".equals(vm.get("lock"))) {
      vm.checkLock();
    }
    var disks = new Disks(call.world(), call.node(), task::log);
    if (vm.isTemplate()) {
      checkNoLinkedClones(vm, disks);
    }
    freeOwn(vm, disks, task);
    if (call.params().flag("destroy-unreferenced-disks")) {
      disks.ofGuest(vmid).forEach(id -> free(id, disks, task));
    }
    vm.remove(call.params().flag("purge"), task);
  }

  private static void checkNoLinkedClones(Vm vm, Disks disks) {
    for (var drive : vm.drivesAndUnused()) {
      if (drive.isCdrom()) {
        continue;
      }
      drive
          .volume()
          .filter(id -> disks.find(id).isPresent())
          .filter(id -> disks.storage(id.storage()).hasLinkedClones(id.volname()))
          .ifPresent(
              id -> {
                throw Refusal.die("base volume '" + id + "' is still in use by linked cloned");
              });
    }
  }

  private void freeOwn(Vm vm, Disks disks, TaskRun task) {
    Set<VolumeId> seen = new HashSet<>();
    for (var drive : vm.drivesAndUnused()) {
      if (!drive.isRealCdrom()) {
        drive.volume().filter(seen::add).ifPresent(id -> free(id, disks, task));
      }
    }
    for (var drive : Drive.all(vm.pending())) {
      if (!drive.isRealCdrom()) {
        drive.volume().filter(seen::add).ifPresent(id -> free(id, disks, task));
      }
    }
    for (var snapshot : vm.snapshots().values()) {
      var memory = snapshot.get("vmstate");
      if (memory != null) {
        var id = dev.hearth.stdlib.proxmox.sim.storage.Storages.split(memory);
        if (seen.add(id)) {
          free(id, disks, task);
        }
      }
    }
  }

  /** A disk that cannot be removed is reported and left; the VM goes nevertheless. */
  private void free(VolumeId id, Disks disks, TaskRun task) {
    try {
      var owner = disks.storage(id.storage()).parse(id.volname()).vmid();
      if (Objects.equals(owner, vmid)) {
        disks.free(id);
      }
    } catch (Refusal e) {
      task.log("Could not remove disk '" + id + "', check manually: " + e.text());
    }
  }
}
