package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST …/move_disk}: a disk goes to another storage, or to another VM. */
final class MoveDisk {
  private final Call call;
  private final int vmid;
  private final String key;
  private final @Nullable String storage;
  private final @Nullable String format;

  private MoveDisk(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.key = call.params().text("disk");
    this.storage = call.params().find("storage");
    this.format = call.params().find("format");
  }

  static Object answer(Call call) {
    var move = new MoveDisk(call);
    var toVm = call.params().has("target-vmid");
    if (toVm == (move.storage != null)) {
      var problem =
          toVm
              ? "either set 'storage' or 'target-vmid', but not both"
              : "both 'storage' and 'target-vmid' missing, either needs to be set";
      throw Refusal.parameters(Map.of("storage", problem, "target-vmid", problem));
    }
    return toVm ? ReassignDisk.answer(call) : move.toStorage();
  }

  private Object toStorage() {
    var target = Objects.requireNonNull(storage);
    call.rights().check("/storage/" + target, "Datastore.AllocateSpace");
    check();
    call.world().storages().at(call.node(), target);
    return GuestKind.VM.fork(call, "qmmove", task -> work(task, target));
  }

  private record Plan(Vm vm, Drive drive, boolean isSnapshotted) {}

  private Plan check() {
    var vm = Vm.load(call.world(), call.node(), vmid);
    vm.checkLock();
    vm.checkDigest(call.params().find("digest"));
    var value = vm.get(key);
    if (value == null) {
      throw Refusal.die("disk '" + key + "' does not exist");
    }
    var drive = Drive.parse(key, value);
    if (drive.isRealCdrom()) {
      throw Refusal.die("you can't move a cdrom");
    }
    var id =
        drive
            .volume()
            .orElseThrow(() -> Refusal.die("disk '" + key + "' has no associated volume"));
    var extension = id.volname().replaceFirst("^.*\\.(raw|qcow2|vmdk)$", "$1");
    var hasFormat = !extension.equals(id.volname());
    if (id.storage().equals(storage)
        && (format == null || !hasFormat || extension.equals(format))) {
      throw Refusal.die("you can't move to the same storage with same format");
    }
    var isSnapshotted = new PendingChanges(vm, call.rights(), line -> {}).isInSnapshot(drive);
    if (isSnapshotted && call.params().flag("delete")) {
      throw Refusal.die("you can't move a disk with snapshots and delete the source");
    }
    return new Plan(vm, drive, isSnapshotted);
  }

  private void work(TaskRun task, String target) {
    var plan = check();
    var vm = plan.vm();
    var disks = new Disks(call.world(), call.node(), task::log);
    if (plan.isSnapshotted()) {
      task.warn("moving disk with snapshots, snapshots will not be moved!");
    }
    Drive moved;
    try {
      moved =
          new CopyDrive(vm, vmid, target, format, vm.isRunning()).copy(plan.drive(), disks, task);
    } catch (Refusal e) {
      throw Refusal.die("storage migration failed: " + e.text());
    }
    if (vm.isRunning() && !plan.drive().isCloudInit()) {
      disks.mirrorCompleted(key);
    }
    var old = plan.drive().volume().orElseThrow();
    vm.config().put(key, moved.text());
    if (plan.drive().isCloudInit()) {
      task.log("found unused cloudinit disk '" + old + "', removing it");
      disks.free(old);
    } else if (call.params().flag("delete")) {
      disks.free(old);
    } else {
      vm.addUnused(old.toString());
    }
    if (vm.isTemplate() && DriveKeys.isDrive(key)) {
      TemplateVm.makeBases(vm, key, task);
    }
  }
}
