package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Snapshots of a VM's disks and configuration; of its memory they are not simulated. */
final class SnapshotVm {
  private static final Set<String> NOT_COPIED =
      Set.of("snapstate", "snaptime", "vmstate", "lock", "description", "digest");

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
    var vm = new SnapshotVm(call).vm();
    var items = new ArrayList<Map<String, Object>>();
    vm.snapshots()
        .forEach(
            (name, snapshot) -> {
              var item = new LinkedHashMap<String, Object>();
              item.put("name", name);
              item.put("description", snapshot.getOrDefault("description", ""));
              item.put("snaptime", Long.parseLong(snapshot.getOrDefault("snaptime", "0")));
              item.put("vmstate", snapshot.containsKey("vmstate") ? 1 : 0);
              putIfThere(item, "parent", snapshot.get("parent"));
              items.add(item);
            });
    var current = new LinkedHashMap<String, Object>();
    current.put("name", "current");
    current.put("description", "You are here!");
    current.put("running", vm.isRunning() ? 1 : 0);
    current.put("digest", vm.digest());
    putIfThere(current, "parent", vm.get("parent"));
    items.add(current);
    return items;
  }

  private static void putIfThere(Map<String, Object> item, String key, @Nullable String value) {
    if (value != null) {
      item.put(key, value);
    }
  }

  static Object create(Call call) {
    var name = call.params().text("snapname");
    if (name.equals("current") || name.equalsIgnoreCase("pending")) {
      throw Refusal.die("unable to use snapshot name '" + name + "' (reserved name)");
    }
    var snapshots = new SnapshotVm(call);
    var isRunning =
        call.world()
            .guest(call.node(), snapshots.vmid)
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
      drives.forEach(drive -> drive.volume().ifPresent(id -> disks.snapshot(drive, id, name)));
      task.work();
      var snapshot = copied(vm.config());
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

  private static Map<String, String> copied(Map<String, String> config) {
    var copy = new TreeMap<>(config);
    copy.keySet().removeIf(key -> NOT_COPIED.contains(key) || DriveKeys.isUnused(key));
    return copy;
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
      adopt(vm, name, snapshot.get("parent"));
    } finally {
      vm.unlock();
    }
  }

  /** What came after a snapshot now comes after the one before it. */
  private static void adopt(Vm vm, String gone, @Nullable String parent) {
    var sections = new ArrayList<Map<String, String>>(vm.snapshots().values());
    sections.add(vm.config());
    for (var section : sections) {
      if (gone.equals(section.get("parent"))) {
        if (parent == null) {
          section.remove("parent");
        } else {
          section.put("parent", parent);
        }
      }
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
    vm.config().putAll(copied(snapshot));
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
    return new ConfigAnswer(vm).plain(vm.snapshot(call.params().text("snapname")));
  }

  static @Nullable Object change(Call call) {
    var vm = new SnapshotVm(call).vm();
    vm.checkLock();
    var snapshot = vm.snapshot(call.params().text("snapname"));
    var description = call.params().find("description");
    if (description != null) {
      if (description.isEmpty()) {
        snapshot.remove("description");
      } else {
        snapshot.put("description", description);
      }
    }
    return null;
  }
}
