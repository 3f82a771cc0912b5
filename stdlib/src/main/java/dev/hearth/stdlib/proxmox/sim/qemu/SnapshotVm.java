package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.ConfigAnswer;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.Snapshots;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Snapshots of a VM's disks and configuration; of its memory they are not simulated. */
final class SnapshotVm {
  private final Call call;
  private final int vmid;

  private SnapshotVm(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
  }

  private Vm vm() {
    return Vm.load(call.world(), call.node(), vmid);
  }

  private Object fork(String type, java.util.function.Consumer<TaskRun> work) {
    return call.fork(
        type,
        String.valueOf(vmid),
        task ->
            Vm.locked(
                call.world(),
                vmid,
                () -> {
                  work.accept(task);
                  return "";
                }));
  }

  static Object list(Call call) {
    return Snapshots.list(new SnapshotVm(call).vm());
  }

  static Object create(Call call) {
    var name = call.params().text("snapname");
    Snapshots.checkName(name);
    var snapshots = new SnapshotVm(call);
    var isRunning =
        call.world()
            .guest(Guest.VM, call.node(), snapshots.vmid)
            .map(guest -> Vm.of(call.world(), guest))
            .filter(Vm::isRunning)
            .isPresent();
    if (call.params().flag("vmstate") && isRunning) {
      throw Refusal.of(501, "Snapshots of a VM's memory are not simulated");
    }
    return snapshots.fork("qmsnapshot", task -> snapshots.create(name, task));
  }

  private void create(String name, TaskRun task) {
    var vm = vm();
    if (vm.isTemplate()) {
      throw Refusal.die("you can't take a snapshot if it's a template");
    }
    vm.checkLock();
    if (vm.snapshots().containsKey(name)) {
      throw Refusal.die("snapshot name '" + name + "' already used");
    }
    var disks = new Disks(call.world(), call.node(), task::log);
    var drives = vm.drives().stream().filter(drive -> !drive.isCdrom()).toList();
    for (var drive : drives) {
      var id = drive.volume();
      if (id.isPresent() && !disks.can("snapshot", id.get(), false)) {
        throw Refusal.die("snapshot feature is not available");
      }
    }
    vm.lock("snapshot");
    try {
      drives.forEach(
          drive ->
              drive
                  .volume()
                  .ifPresent(
                      id -> {
                        task.log("snapshotting 'drive-" + drive.key() + "' (" + id + ")");
                        disks.snapshot(id, name);
                      }));
      task.work();
      var snapshot = Snapshots.copied(vm.config());
      snapshot.put("snaptime", String.valueOf(call.world().now()));
      var description = call.params().text("description", "");
      if (!description.isEmpty()) {
        snapshot.put("description", description);
      }
      vm.snapshots().put(name, snapshot);
      vm.config().put("parent", name);
    } finally {
      vm.unlock();
    }
  }

  static Object delete(Call call) {
    var snapshots = new SnapshotVm(call);
    var name = call.params().text("snapname");
    return snapshots.fork("qmdelsnapshot", task -> snapshots.delete(name, task));
  }

  private void delete(String name, TaskRun task) {
    var vm = vm();
    vm.checkLock();
    var snapshot = vm.snapshot(name);
    var disks = new Disks(call.world(), call.node(), task::log);
    vm.lock("snapshot-delete");
    try {
      for (var drive : Drive.all(snapshot)) {
        if (!drive.isCdrom()) {
          drive.volume().ifPresent(id -> disks.deleteSnapshot(id, name));
        }
      }
      task.work();
      vm.snapshots().remove(name);
      Snapshots.adopt(vm, name, snapshot.get("parent"));
    } finally {
      vm.unlock();
    }
  }

  static Object rollback(Call call) {
    var snapshots = new SnapshotVm(call);
    var name = call.params().text("snapname");
    return snapshots.fork("qmrollback", task -> snapshots.rollback(name, task));
  }

  private void rollback(String name, TaskRun task) {
    var vm = vm();
    if (vm.isTemplate()) {
      throw Refusal.die("you can't rollback if vm is a template");
    }
    var snapshot = vm.snapshot(name);
    vm.checkLock();
    if (vm.isRunning()) {
      PowerVm.halt(vm);
    }
    var disks = new Disks(call.world(), call.node(), task::log);
    for (var drive : Drive.all(snapshot)) {
      if (!drive.isCdrom()) {
        drive.volume().ifPresent(id -> rollBack(disks, drive, id));
      }
    }
    task.work();
    restore(vm, name, snapshot);
    if (call.params().flag("start")) {
      PowerVm.start(call); // a task of its own
    }
  }

  private static void rollBack(
      Disks disks, Drive drive, dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId id) {
    var storage = disks.storage(id.storage());
    storage.put(storage.get(id.volname()).sized(drive.bytes()));
  }

  private void restore(Vm vm, String name, Map<String, String> snapshot) {
    var later = Drive.all(vm.config());
    var kept = new TreeMap<>(vm.config());
    kept.keySet().removeIf(key -> !DriveKeys.isUnused(key) && !key.equals("description"));
    vm.config().clear();
    vm.config().putAll(kept);
    vm.config().putAll(Snapshots.copied(snapshot));
    vm.config().put("parent", name);
    vm.config().computeIfPresent("vmgenid", (key, value) -> call.world().dice().uuid());
    vm.pending().clear();
    var files = Drive.all(vm.config()).stream().map(Drive::file).toList();
    for (var drive : later) {
      if (!drive.isCdrom() && !files.contains(drive.file())) {
        vm.addUnused(drive.file());
      }
    }
  }

  static Object index(Call call) {
    return List.of(Map.of("cmd", "rollback"), Map.of("cmd", "config"));
  }

  static Object config(Call call) {
    var vm = new SnapshotVm(call).vm();
    return new ConfigAnswer(QemuKeys.ofVersion(call.world().major()))
        .plain(vm.snapshot(call.params().text("snapname")));
  }

  static @Nullable Object change(Call call) {
    Snapshots.describe(new SnapshotVm(call).vm(), call.params());
    return null;
  }
}
