package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One virtual machine as the methods see it: its guest record, read with Proxmox's eyes. */
final class Vm extends AnyGuest {
  private Vm(World world, Guest guest) {
    super(world, guest);
  }

  /** The VM; dies as Proxmox does when it has no configuration file on this node. */
  static Vm load(World world, String node, int vmid) {
    return of(world, GuestKind.VM.load(world, node, vmid));
  }

  static Vm of(World world, Guest guest) {
    return new Vm(world, guest);
  }

  /** Runs {@code body} as the only one that changes this VM. */
  static <T> T locked(World world, int vmid, Supplier<T> body) {
    return GuestKind.VM.locked(world, vmid, body);
  }

  boolean isPaused() {
    return isRunning() && "paused".equals(state().get("qmpstatus"));
  }

  /** Refuses a change that was made in ignorance of another. */
  void checkDigest(@Nullable String digest) {
    if (isStale(digest)) {
      throw Refusal.die("checksum mismatch (file change by other user?)");
    }
  }

  /** The attached drives in Proxmox's order. */
  List<Drive> drives() {
    return Drive.all(config());
  }

  /** The attached drives, then the volumes that are its own and not attached. */
  List<Drive> drivesAndUnused() {
    var all = new ArrayList<>(drives());
    for (var index = 0; index < MAX_UNUSED; index++) {
      var value = get("unused" + index);
      if (value != null) {
        all.add(Drive.parse("unused" + index, value));
      }
    }
    return all;
  }

  /** Proxmox forgets that a volume is unused once a drive names it. */
  void dropUnusedThatAreUsed() {
    var used = new ArrayList<String>();
    drives().forEach(drive -> used.add(drive.file()));
    config()
        .entrySet()
        .removeIf(e -> DriveKeys.isUnused(e.getKey()) && used.contains(e.getValue()));
  }
}
