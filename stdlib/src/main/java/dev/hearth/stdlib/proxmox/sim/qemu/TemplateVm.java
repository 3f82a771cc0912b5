package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import org.jspecify.annotations.Nullable;

/** {@code POST …/template}: a VM becomes a template, its disks bases for linked clones. */
final class TemplateVm {
  private TemplateVm() {}

  static Object answer(Call call) {
    var vmid = call.params().integer("vmid");
    var disk = call.params().find("disk");
    check(call, vmid, disk);
    return GuestKind.VM.fork(
        call,
        "qmtemplate",
        task -> {
          var vm = check(call, vmid, disk);
          vm.config().put("template", "1");
          makeBases(vm, disk, task);
        });
  }

  private static Vm check(Call call, int vmid, @Nullable String disk) {
    var vm = Vm.load(call.world(), call.node(), vmid);
    vm.checkLock();
    if (!vm.snapshots().isEmpty()) {
      throw Refusal.die("unable to create template, because VM contains snapshots");
    }
    if (vm.isTemplate() && disk == null) {
      throw Refusal.die("you can't convert a template to a template");
    }
    if (vm.isRunning()) {
      throw Refusal.die("you can't convert a VM to template if VM is running");
    }
    return vm;
  }

  /** Turns the VM's disks, or one of them, into bases; those that cannot be one stay. */
  static void makeBases(Vm vm, @Nullable String only, TaskRun task) {
    var disks = new Disks(vm.world(), vm.node(), task::log);
    for (var drive : vm.drives()) {
      if (drive.isCdrom() || (only != null && !only.equals(drive.key()))) {
        continue;
      }
      drive
          .volume()
          .filter(id -> disks.can("template", id, false))
          .ifPresent(
              id -> {
                var base = disks.makeBase(id);
                vm.config().put(drive.key(), drive.withFile(base.toString()).text());
                task.work();
              });
    }
  }
}
