package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.ConfigAnswer;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.Snapshots;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Snapshots of a container's volumes and configuration. */
final class SnapshotContainer {
  private final Call call;
  private final int vmid;

  private SnapshotContainer(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
  }

  private Container ct() {
    return Container.load(call.world(), call.node(), vmid);
  }

  private Object fork(String type, Consumer<TaskRun> work) {
    return call.fork(
        type,
        String.valueOf(vmid),
        task ->
            Container.locked(
                call.world(),
                vmid,
                () -> {
                  work.accept(task);
                  return "";
                }));
  }

  static Object list(Call call) {
    return Snapshots.list(new SnapshotContainer(call).ct());
  }

  static Object create(Call call) {
    var name = call.params().text("snapname");
    Snapshots.checkName(name);
    var snapshots = new SnapshotContainer(call);
    return snapshots.fork("vzsnapshot", task -> snapshots.create(name, task));
  }

  private void create(String name, TaskRun task) {
    var ct = ct();
    if (ct.isTemplate()) {
      throw Refusal.die("you can't take a snapshot if it's a template");
    }
    ct.checkLock();
    if (ct.snapshots().containsKey(name)) {
      throw Refusal.die("snapshot name '" + name + "' already used");
    }
    var disks = new Disks(call.world(), call.node(), task::log);
    if (!ContainerReads.canAll("snapshot", ct.config(), false, disks)) {
      throw Refusal.die("snapshot feature is not available");
    }
    ct.lock("snapshot");
    try {
      ct.mountPoints()
          .forEach(mount -> mount.volume().ifPresent(volume -> disks.snapshot(volume, name)));
      task.work();
      var snapshot = Snapshots.copied(ct.config());
      snapshot.put("snaptime", String.valueOf(call.world().now()));
      var description = call.params().text("description", "");
      if (!description.isEmpty()) {
        snapshot.put("description", description);
      }
      ct.snapshots().put(name, snapshot);
      ct.config().put("parent", name);
    } finally {
      ct.unlock();
    }
  }

  static Object delete(Call call) {
    var snapshots = new SnapshotContainer(call);
    var name = call.params().text("snapname");
    return snapshots.fork("vzdelsnapshot", task -> snapshots.delete(name, task));
  }

  private void delete(String name, TaskRun task) {
    var ct = ct();
    ct.checkLock();
    var snapshot = ct.snapshot(name);
    var disks = new Disks(call.world(), call.node(), task::log);
    ct.lock("snapshot-delete");
    try {
      MountPoint.all(snapshot)
          .forEach(mount -> mount.volume().ifPresent(volume -> disks.deleteSnapshot(volume, name)));
      task.work();
      ct.snapshots().remove(name);
      Snapshots.adopt(ct, name, snapshot.get("parent"));
    } finally {
      ct.unlock();
    }
  }

  static Object rollback(Call call) {
    var snapshots = new SnapshotContainer(call);
    var name = call.params().text("snapname");
    return snapshots.fork("vzrollback", task -> snapshots.rollback(name, task));
  }

  private void rollback(String name, TaskRun task) {
    var ct = ct();
    if (ct.isTemplate()) {
      throw Refusal.die("you can't rollback if vm is a template");
    }
    var snapshot = ct.snapshot(name);
    ct.checkLock();
    if (ct.isRunning()) {
      PowerContainer.halt(ct);
    }
    var disks = new Disks(call.world(), call.node(), task::log);
    for (var mount : MountPoint.all(snapshot)) {
      mount
          .volume()
          .ifPresent(
              volume -> {
                var storage = disks.storage(volume.storage());
                storage.put(storage.get(volume.volname()).sized(mount.bytes()));
              });
    }
    task.work();
    restore(ct, name, snapshot);
    if (call.params().flag("start")) {
      PowerContainer.start(ct, task);
    }
  }

  private static void restore(Container ct, String name, Map<String, String> snapshot) {
    var later = ct.mountPoints();
    var kept = new TreeMap<>(ct.config());
    kept.keySet().removeIf(key -> !key.matches("unused\\d+") && !key.equals("description"));
    ct.config().clear();
    ct.config().putAll(kept);
    ct.config().putAll(Snapshots.copied(snapshot));
    ct.config().put("parent", name);
    ct.pending().clear();
    for (var mount : later) {
      mount
          .volume()
          .map(Object::toString)
          .filter(volid -> ct.mountPoints().stream().noneMatch(m -> m.source().equals(volid)))
          .ifPresent(ct::addUnused);
    }
  }

  static Object index(Call call) {
    return List.of(Map.of("cmd", "rollback"), Map.of("cmd", "config"));
  }

  static Object config(Call call) {
    var ct = new SnapshotContainer(call).ct();
    return new ConfigAnswer(LxcKeys.ofVersion(call.world().major()))
        .plain(ct.snapshot(call.params().text("snapname")));
  }

  static @Nullable Object change(Call call) {
    Snapshots.describe(new SnapshotContainer(call).ct(), call.params());
    return null;
  }
}
