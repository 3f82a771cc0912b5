package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A guest as the methods see it: what virtual machines and containers have in common. */
public abstract class AnyGuest {
  protected static final int MAX_UNUSED = 256;

  private final World world;
  private final Guest guest;

  protected AnyGuest(World world, Guest guest) {
    this.world = world;
    this.guest = guest;
  }

  public Guest guest() {
    return guest;
  }

  public World world() {
    return world;
  }

  public int vmid() {
    return guest.vmid();
  }

  public String node() {
    return guest.node();
  }

  /** What holds now, by key; what is changed here is changed in the world. */
  public Map<String, String> config() {
    return guest.config();
  }

  public @Nullable String get(String key) {
    return guest.config().get(key);
  }

  public boolean isOn(String key) {
    return "1".equals(guest.config().get(key));
  }

  public Map<String, String> pending() {
    return guest.pending();
  }

  public PendingDelete pendingDelete() {
    return new PendingDelete(guest.pending());
  }

  /** What is known of it beyond its configuration. */
  public Map<String, String> state() {
    return guest.state();
  }

  public Map<String, Map<String, String>> snapshots() {
    return guest.snapshots();
  }

  /** A snapshot's configuration; dies when there is none. */
  public Map<String, String> snapshot(String name) {
    var snapshot = guest.snapshots().get(name);
    if (snapshot == null) {
      throw Refusal.die("snapshot '" + name + "' does not exist");
    }
    return snapshot;
  }

  /** The configuration with all that is pending in force. */
  public Map<String, String> effective() {
    var merged = new TreeMap<>(guest.config());
    guest.pending().forEach((key, value) -> merged.put(key, value));
    merged.remove(PendingDelete.KEY);
    pendingDelete().keys().forEach(merged::remove);
    return merged;
  }

  public boolean isRunning() {
    return guest.isRunning();
  }

  public boolean isTemplate() {
    return isOn("template");
  }

  /** Refuses to pass over a lock for anybody but root. */
  public static void checkSkipLock(Call call) {
    if (call.params().flag("skiplock") && !call.rights().isRoot()) {
      throw Refusal.parameter("skiplock", "Only root may use this option.");
    }
  }

  public void checkLock() {
    var lock = get("lock");
    if (lock != null) {
      throw Refusal.die((guest.isContainer() ? "CT" : "VM") + " is locked (" + lock + ")");
    }
  }

  public void lock(String reason) {
    config().put("lock", reason);
  }

  public void unlock() {
    config().remove("lock");
  }

  /** Refuses what protection forbids; {@code doing} such as {@code can't remove VM 100}. */
  public void checkProtection(String doing) {
    if (isOn("protection")) {
      throw Refusal.die(doing + " - protection mode enabled");
    }
  }

  /** Whether a change was made in ignorance of another. */
  public boolean isStale(@Nullable String digest) {
    return digest != null && !digest.isEmpty() && !digest.equals(digest());
  }

  public String digest() {
    return ConfigText.digest(guest);
  }

  /** Takes the guest out of the world, and out of what names it. */
  public void remove(boolean purge, TaskRun task) {
    HaResources.release(world, guest, purge);
    world.accounts().forgetPoolOf(vmid());
    world.accounts().forgetAclOf(vmid());
    if (purge) {
      task.log("purging " + guest.title() + " from related configurations..");
    }
    world.guests().remove(vmid());
    world.firewalls().remove("guest/" + vmid());
  }

  /** Notes that a volume is the guest's own and not attached any more. */
  public void addUnused(String volid) {
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
}
