package dev.hearth.stdlib.proxmox.sim.qemu;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.ConfigAnswer;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.SnapshotMethods;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.List;
import java.util.Map;

/** Snapshots of a VM: of its disks; of its memory they are not simulated. */
final class VmSnapshots extends SnapshotMethods<Vm> {
  private VmSnapshots() {
    super(GuestKind.VM, "qm");
  }

  static List<ApiMethod> methods(String vm) {
    var memory = Map.of("vmstate", Param.optional(bool()));
    return new VmSnapshots().declared(vm, "snapshot_list", memory);
  }

  @Override
  protected Vm guest(Call call) {
    return QemuReads.vm(call);
  }

  @Override
  protected List<Held> held(Map<String, String> config) {
    return Drive.all(config).stream()
        .filter(drive -> !drive.isCdrom())
        .flatMap(
            drive -> drive.volume().map(id -> new Held(drive.key(), id, drive.bytes())).stream())
        .toList();
  }

  @Override
  protected void checkCreate(Call call) {
    var isRunning =
        call.world()
            .guest(Guest.VM, call.node(), call.params().integer("vmid"))
            .map(guest -> Vm.of(call.world(), guest))
            .filter(Vm::isRunning)
            .isPresent();
    if (call.params().flag("vmstate") && isRunning) {
      throw Refusal.of(501, "Snapshots of a VM's memory are not simulated");
    }
  }

  @Override
  protected boolean canTake(Vm vm, Disks disks) {
    return held(vm.config()).stream().allMatch(held -> disks.can("snapshot", held.volume(), false));
  }

  @Override
  protected void taking(Held held, TaskRun task) {
    task.log("snapshotting 'drive-" + held.key() + "' (" + held.volume() + ")");
  }

  @Override
  protected void halt(Vm vm) {
    PowerVm.halt(vm);
  }

  /** In a task of its own. */
  @Override
  protected void start(Call call, Vm vm, TaskRun task) {
    PowerVm.start(call);
  }

  @Override
  protected void restored(Vm vm, Map<String, String> before) {
    vm.config().computeIfPresent("vmgenid", (key, value) -> vm.world().dice().uuid());
    var files = vm.drives().stream().map(Drive::file).toList();
    for (var drive : Drive.all(before)) {
      if (!drive.isCdrom() && !files.contains(drive.file())) {
        vm.addUnused(drive.file());
      }
    }
  }

  @Override
  protected ConfigAnswer answer(Call call) {
    return QemuReads.answer(call);
  }
}
