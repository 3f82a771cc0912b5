package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * Makes a full copy of a drive on a storage, as cloning and moving do.
 *
 * @param source the VM that has the drive
 * @param vmid the VM that gets the copy
 * @param storage where to; {@code null} for where it is
 * @param format as what; {@code null} for what it is
 * @param isLive whether the source VM writes to it meanwhile
 */
record CopyDrive(
    Vm source, int vmid, @Nullable String storage, @Nullable String format, boolean isLive) {

  /** Copies and returns the new drive. */
  Drive copy(Drive drive, Disks disks, TaskRun task) {
    var from = drive.volume().orElseThrow();
    var target = storage == null ? from.storage() : storage;
    task.log("create full clone of drive " + drive.key() + " (" + from + ")");
    var original =
        disks.find(from).orElseThrow(() -> Refusal.die("volume '" + from + "' does not exist"));
    var kind = Disks.formatFor(disks.storage(target), format == null ? original.format() : format);
    if (drive.isCloudInit()) {
      return copyCloudInit(drive, disks, target, kind);
    }
    var bytes = bytes(drive, disks, from);
    var to = disks.allocate(target, vmid, kind, null, bytes);
    if (!drive.key().equals("efidisk0")) {
      transfer(drive, disks, original.virtualBytes());
      task.work();
    }
    return drive.withFile(to.toString()).withBytes(disks.get(to).virtualBytes());
  }

  private void transfer(Drive drive, Disks disks, long bytes) {
    if (isLive) {
      disks.mirrored(drive.key(), bytes);
    } else {
      disks.copied(bytes);
    }
  }

  /** The variable store has a size of its own; a larger volume around it is not copied. */
  private static long bytes(Drive drive, Disks disks, VolumeId from) {
    return drive.key().equals("efidisk0")
        ? DriveMaker.efiBytes(drive)
        : disks.get(from).virtualBytes();
  }

  private Drive copyCloudInit(Drive drive, Disks disks, String target, String kind) {
    var files = disks.storage(target).config().isFiles();
    var name = "vm-" + vmid + "-cloudinit" + (files ? "." + kind : "");
    var bytes = 4L << 20;
    var to = disks.allocate(target, vmid, kind, name, bytes);
    return drive.withFile(to.toString()).withBytes(bytes);
  }
}
