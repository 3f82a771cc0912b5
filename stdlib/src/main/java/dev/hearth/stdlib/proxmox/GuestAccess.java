package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.Difference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What {@code ensure} reads of guests of one type, and does to them. */
final class GuestAccess {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration ARRIVAL = Duration.ofMinutes(10);

  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Vms guests;
  private final GuestType type;

  GuestAccess(ProxmoxConnection connection, Tasks tasks, Vms guests, GuestType type) {
    this.connection = connection;
    this.tasks = tasks;
    this.guests = guests;
    this.type = type;
  }

  GuestType type() {
    return type;
  }

  GuestState read(VmPlace place) {
    var config = guests.config(place.vmid(), place.node()); // first: its digest is what counts
    var pending = connection.data(get(place, "pending"));
    var status = connection.data(get(place, "status", "current"));
    return GuestState.of(place.vmid(), place.node(), config, pending, status);
  }

  private ApiCall get(VmPlace place, String... what) {
    return guests.call("GET", place.vmid(), place.node(), List.of(what), null);
  }

  private void run(String method, VmPlace place, List<String> what, Consumer<ObjectNode> params) {
    tasks.run(guests.call(method, place.vmid(), place.node(), what, null).with(params));
  }

  /** Writes options; containers take them at once, VMs in a task. */
  void write(VmPlace place, Consumer<ObjectNode> params) {
    run(type == GuestType.VM ? "POST" : "PUT", place, List.of("config"), params);
  }

  /** Starts it, reboots it, shuts it down. */
  void power(VmPlace place, String verb, Consumer<ObjectNode> params) {
    run("POST", place, List.of("status", verb), params);
  }

  /** Makes a disk as large as it is wanted. */
  void grow(VmPlace place, Difference disk) {
    var size = disk.wanted() == null ? "" : disk.wanted();
    tasks.run(guests.resize(place.vmid(), place.node(), disk.key(), size));
  }

  /** Moves a disk to another storage of its node, and leaves nothing behind. */
  void moveDisk(VmPlace place, String disk, Consumer<ObjectNode> params) {
    boolean isVm = type == GuestType.VM;
    run(
        "POST",
        place,
        List.of(isVm ? "move_disk" : "move_volume"),
        all -> params.accept(all.put(isVm ? "disk" : "volume", disk).put("delete", 1)));
  }

  /** Moves it to another node. */
  VmPlace migrate(VmPlace place, String target, Consumer<ObjectNode> params) {
    run("POST", place, List.of("migrate"), all -> params.accept(all.put("target", target)));
    var there = new VmPlace(place.vmid(), target);
    var clock = connection.clock();
    long began = clock.nanoTime();
    // The task for a guest under high availability ends when the manager has heard of it.
    while (guests.configIfThere(there).isEmpty()) {
      if (clock.nanoTime() - began > ARRIVAL.toNanos()) {
        throw new HearthException(ProxmoxError.TASK_TIMEOUT, "migrate", ARRIVAL.toSeconds() + " s");
      }
      Patience.sleep(clock, LOOK, "migration of " + type.label(place.vmid()));
    }
    return there;
  }

  /** The storages that a node can use. */
  Set<String> storagesOn(String node) {
    var call = ApiCall.get("nodes", node, "storage").with(params -> params.put("enabled", 1));
    return connection
        .data(call)
        .valueStream()
        .filter(storage -> storage.path("active").asInt() == 1)
        .map(storage -> storage.path("storage").asText())
        .collect(Collectors.toSet());
  }
}
