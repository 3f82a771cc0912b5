package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;

/** {@code POST …/move_disk} with a target VM: the volume changes its owner and its name. */
final class ReassignDisk {
  private final Call call;
  private final int vmid;
  private final int targetVmid;
  private final String key;
  private final String targetKey;

  private ReassignDisk(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.targetVmid = call.params().integer("target-vmid");
    this.key = call.params().text("disk");
    this.targetKey = call.params().text("target-disk", key);
  }

  static Object answer(Call call) {
    var move = new ReassignDisk(call);
    call.rights().check("/vms/" + move.targetVmid, "VM.Config.Disk");
    move.check();
    var id = move.vmid + "-" + move.key + ">" + move.targetVmid + "-" + move.targetKey;
    return call.fork("qmmove", id, move::work);
  }

  private record Plan(Vm source, Vm target, Drive drive) {}

  private Plan check() {
    if (vmid == targetVmid) {
      throw Refusal.die("must be different than source VMID to move disk to another VM");
    }
    var source = Vm.load(call.world(), call.node(), vmid);
    var target = Vm.load(call.world(), call.node(), targetVmid);
    source.checkLock();
    target.checkLock();
    source.checkDigest(call.params().find("digest"));
    target.checkDigest(call.params().find("target-digest"));
    var value = source.get(key);
    if (value == null) {
      throw Refusal.die("Disk '" + key + "' for VM '" + vmid + "' does not exist");
    }
    if (target.get(targetKey) != null) {
      throw Refusal.die(
          "Target disk key '" + targetKey + "' is already in use for VM '" + targetVmid + "'");
    }
    if (source.isRunning()) {
      throw Refusal.die(
          "Disk '" + key + "' is in use by VM '" + vmid + "', cannot move while it runs");
    }
    return new Plan(source, target, Drive.parse(key, value));
  }

  private void work(TaskRun task) {
    var plan = check();
    task.log("moving disk '" + key + "' from VM '" + vmid + "' to '" + targetVmid + "'");
    var id = plan.drive().volume().orElseThrow();
    var disks = new Disks(call.world(), call.node(), task::log);
    var renamed = rename(disks, id);
    removeFromBootOrder(plan.source(), task);
    task.log("removing disk '" + key + "' from VM '" + vmid + "' config");
    plan.source().config().remove(key);
    var moved =
        DriveKeys.isUnused(key)
            ? renamed.toString()
            : plan.drive().withFile(renamed.toString()).text();
    task.log("update VM " + targetVmid + ": -" + targetKey + " " + moved);
    var text =
        DriveKeys.isUnused(targetKey)
            ? renamed.toString()
            : Drive.parse(targetKey, moved).withBytes(disks.get(renamed).virtualBytes()).text();
    plan.target().config().put(targetKey, text);
  }

  private VolumeId rename(Disks disks, VolumeId id) {
    var storage = disks.storage(id.storage());
    var volume = storage.get(id.volname());
    var file = storage.freeDiskName(targetVmid, volume.format());
    var name = storage.config().isFiles() ? targetVmid + "/" + file : file;
    storage.free(id.volname());
    storage.put(volume.named(name, targetVmid, volume.parent()));
    return new VolumeId(id.storage(), name);
  }

  private void removeFromBootOrder(Vm source, TaskRun task) {
    var order =
        VmStatus.properties(source.config(), "boot")
            .flatMap(boot -> boot.get("order"))
            .map(list -> new ArrayList<>(Lists.split(list)))
            .orElseGet(ArrayList::new);
    if (order.remove(key)) {
      task.log("removing disk '" + key + "' from boot order config");
      source.config().put("boot", ConfigChange.bootText(order));
    }
  }
}
