package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where Proxmox keeps a kind of guest: its configuration files and their locks. */
public enum GuestKind {
  VM(Guest.VM, "qemu-server", "/var/lock/qemu-server/lock-", ".conf"),
  CONTAINER(Guest.CONTAINER, "lxc", "/run/lock/lxc/pve-config-", ".lock");

  private final String type;
  private final String folder;
  private final String lockPrefix;
  private final String lockSuffix;

  GuestKind(String type, String folder, String lockPrefix, String lockSuffix) {
    this.type = type;
    this.folder = folder;
    this.lockPrefix = lockPrefix;
    this.lockSuffix = lockSuffix;
  }

  /** What the API calls it: {@code qemu}, {@code lxc}. */
  public String type() {
    return type;
  }

  /** A guest's record; dies as Proxmox does when there is no configuration file on this node. */
  public Guest load(World world, String node, int vmid) {
    return world
        .guest(type, node, vmid)
        .orElseThrow(
            () ->
                Refusal.die(
                    "Configuration file 'nodes/%s/%s/%d.conf' does not exist"
                        .formatted(node, folder, vmid)));
  }

  /**
   * Runs {@code body} as the only one that changes this guest; whoever waits longer than Proxmox
   * does is refused.
   */
  public <T> T locked(World world, int vmid, Supplier<T> body) {
    return world.locks().hold(lockPrefix + vmid + lockSuffix, body);
  }

  /** A task that is the only one to change the guest that the call names; answers its UPID. */
  public String fork(Call call, String task, Consumer<TaskRun> work) {
    var vmid = call.params().integer("vmid");
    return call.fork(
        task,
        String.valueOf(vmid),
        run ->
            locked(
                call.world(),
                vmid,
                () -> {
                  work.accept(run);
                  return "";
                }));
  }

  /** The guests of this kind on the node that the call names, as far as its caller may see them. */
  public List<Guest> seenBy(Call call) {
    return call.world().guests().values().stream()
        .filter(guest -> guest.type().equals(type) && guest.node().equals(call.node()))
        .filter(guest -> call.rights().has("/vms/" + guest.vmid(), "VM.Audit"))
        .toList();
  }

  /** Takes an id, so that nobody else gets it while the disks are made. */
  public Guest reserve(World world, String node, int vmid, String lock) {
    var guest = Guest.empty(vmid, type, node);
    guest.config().put("lock", lock);
    world.guests().put(vmid, guest);
    return guest;
  }
}
