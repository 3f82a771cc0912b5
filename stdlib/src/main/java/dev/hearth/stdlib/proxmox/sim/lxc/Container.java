package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.AnyGuest;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One container as the methods see it: its guest record, read with Proxmox's eyes. */
final class Container extends AnyGuest {
  private Container(World world, Guest guest) {
    super(world, guest);
  }

  /** The container; dies as Proxmox does when it has no configuration file on this node. */
  static Container load(World world, String node, int vmid) {
    return of(world, GuestKind.CONTAINER.load(world, node, vmid));
  }

  static Container of(World world, Guest guest) {
    return new Container(world, guest);
  }

  /** Whether there is such a container and it runs. */
  static boolean isRunning(World world, String node, int vmid) {
    return world
        .guest(Guest.CONTAINER, node, vmid)
        .map(guest -> of(world, guest))
        .filter(Container::isRunning)
        .isPresent();
  }

  /** Runs {@code body} as the only one that changes this container. */
  static <T> T locked(World world, int vmid, Supplier<T> body) {
    return GuestKind.CONTAINER.locked(world, vmid, body);
  }

  /** Refuses a change that was made in ignorance of another. */
  void checkDigest(@Nullable String digest) {
    if (isStale(digest)) {
      throw Refusal.die("detected modified configuration - file changed by other user? Try again.");
    }
  }

  /** What is mounted, the root first. */
  List<MountPoint> mountPoints() {
    return MountPoint.all(config());
  }

  /** Whether a mount point names this volume. */
  boolean uses(String volid) {
    return mountPoints().stream().anyMatch(mount -> mount.source().equals(volid))
        || snapshots().values().stream()
            .flatMap(section -> MountPoint.all(section).stream())
            .anyMatch(mount -> mount.source().equals(volid));
  }
}
