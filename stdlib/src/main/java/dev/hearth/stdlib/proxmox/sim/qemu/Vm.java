package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One virtual machine as the methods see it: its guest record, read with Proxmox's eyes. */
final class Vm {
  private static final int MAX_UNUSED = 256;

  private final World world;
  private final Guest guest;

  private Vm(World world, Guest guest) {
    this.world = world;
    this.guest = guest;
  }

  /** The VM; dies as Proxmox does when it has no configuration file on this node. */
  static Vm load(World world, String node, int vmid) {
    return world
        .guest(node, vmid)
        .map(guest -> new Vm(world, guest))
        .orElseThrow(
            () ->
                Refusal.die(
                    "Configuration file 'nodes/"
                        + node
                        + "/qemu-server/"
                        + vmid
                        + ".conf' does not exist"));
  }

  static Vm of(World world, Guest guest) {
    return new Vm(world, guest);
  }

  /**
   * Runs {@code body} as the only one that changes this VM; whoever waits longer than Proxmox does
   * is refused.
   */
  static <T> T locked(World world, int vmid, Supplier<T> body) {
    return world.locks().hold("/var/lock/qemu-server/lock-" + vmid + ".conf", body);
  }

  World world() {
    return world;
  }

  int vmid() {
    return guest.vmid();
  }

  String node() {
    return guest.node();
  }

  /** What holds now, by key; what is changed here is changed in the world. */
  Map<String, String> config() {
    return guest.config();
  }

  @Nullable String get(String key) {
    return guest.config().get(key);
  }

  boolean isOn(String key) {
    return "1".equals(guest.config().get(key));
  }

  Map<String, String> pending() {
    return guest.pending();
  }

  PendingDelete pendingDelete() {
    return new PendingDelete(guest.pending());
  }

  /** What is known of it beyond its configuration. */
  Map<String, String> state() {
    return guest.state();
  }

  Map<String, Map<String, String>> snapshots() {
    return guest.snapshots();
  }

  /** A snapshot's configuration; dies when there is none. */
  Map<String, String> snapshot(String name) {
    var snapshot = guest.snapshots().get(name);
    if (snapshot == null) {
      throw Refusal.die("snapshot '" + name + "' does not exist");
    }
    return snapshot;
  }

  /** The configuration with all that is pending in force. */
  Map<String, String> effective() {
    var merged = new TreeMap<>(guest.config());
    guest.pending().forEach((key, value) -> merged.put(key, value));
    merged.remove(PendingDelete.KEY);
    pendingDelete().keys().forEach(merged::remove);
    return merged;
  }

  boolean isRunning() {
    return "running".equals(guest.state().get("status"));
  }

  boolean isPaused() {
    return isRunning() && "paused".equals(guest.state().get("qmpstatus"));
  }

  boolean isTemplate() {
    return isOn("template");
  }

  void checkLock() {
    var lock = get("lock");
    if (lock != null) {
      throw Refusal.die("VM is locked (" + lock + ")");
    }
  }

  void lock(String reason) {
    config().put("lock", reason);
  }

  void unlock() {
    config().remove("lock");
  }

  /** Refuses what protection forbids; {@code doing} such as {@code can't remove VM 100}. */
  void checkProtection(String doing) {
    if (isOn("protection")) {
      throw Refusal.die(doing + " - protection mode enabled");
    }
  }

  /** Refuses a change that was made in ignorance of another. */
  void checkDigest(@Nullable String digest) {
    if (digest != null && !digest.isEmpty() && !digest.equals(digest())) {
      throw Refusal.die("checksum mismatch (file change by other user?)");
    }
  }

  String digest() {
    return ConfigText.digest(guest);
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

  /** Notes that a volume is the VM's own and not attached any more. */
  void addUnused(String volid) {
    if (config().entrySet().stream()
        .anyMatch(e -> DriveKeys.isUnused(e.getKey()) && e.getValue().equals(volid))) {
      return;
    }
    for (var index = 0; index < MAX_UNUSED; index++) {
      if (config().putIfAbsent("unused" + index, volid) == null) {
        return;
      }
    }
    throw Refusal.die("too many unused volumes - please delete them first");
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
