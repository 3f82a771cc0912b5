package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DiskSize;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import org.jspecify.annotations.Nullable;

/** {@code PUT …/resize}: gives a disk more room. All but the parameters is checked in the task. */
final class ResizeDisk {
  private ResizeDisk() {}

  static @Nullable Object answer(Call call) {
    AnyGuest.checkSkipLock(call);
    var vmid = call.params().integer("vmid");
    if (call.world().major() < 8) {
      // PVE 7 answers when it is done
      Vm.locked(
          call.world(),
          vmid,
          () -> {
            resize(call, vmid, new Disks(call.world(), call.node(), line -> {}));
            return "";
          });
      return null;
    }
    return call.fork("resize", String.valueOf(vmid), task -> inTask(call, vmid, task));
  }

  private static void inTask(Call call, int vmid, TaskRun task) {
    Vm.locked(
        call.world(),
        vmid,
        () -> {
          resize(call, vmid, new Disks(call.world(), call.node(), task::log));
          return "";
        });
  }

  private static void resize(Call call, int vmid, Disks disks) {
    var vm = Vm.load(call.world(), call.node(), vmid);
    vm.checkDigest(call.params().find("digest"));
    if (!call.params().flag("skiplock")) {
      vm.checkLock();
    }
    var key = call.params().text("disk");
    var value = vm.get(key);
    if (value == null) {
      throw Refusal.die("disk '" + key + "' does not exist");
    }
    var drive = Drive.parse(key, value);
    if (drive.isCdrom()) {
      throw Refusal.die("you can't resize a cdrom");
    }
    var id =
        drive
            .volume()
            .orElseThrow(() -> Refusal.die("disk '" + key + "' has no associated volume"));
    call.rights().check("/storage/" + id.storage(), "Datastore.AllocateSpace");
    var now = disks.get(id).virtualBytes();
    var wanted = wanted(call.params().text("size"), now);
    if (wanted < now) {
      throw Refusal.die("shrinking disks is not supported");
    }
    if (wanted > now) {
      var bytes = disks.resize(id, wanted, vm.isRunning());
      vm.config().put(key, drive.withBytes(bytes).text());
    }
  }

  private static long wanted(String size, long now) {
    return size.startsWith("+") ? now + DiskSize.bytes(size.substring(1)) : DiskSize.bytes(size);
  }
}
