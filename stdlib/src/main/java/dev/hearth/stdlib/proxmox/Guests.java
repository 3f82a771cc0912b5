package dev.hearth.stdlib.proxmox;

import org.jspecify.annotations.Nullable;

/** The VMs and the containers of one connection: where they are, and what is done with them. */
final class Guests {
  private final Kind vms;
  private final Kind containers;

  Guests(ProxmoxConnection connection, Tasks tasks) {
    this.vms = Kind.of(connection, tasks, GuestType.VM);
    this.containers = Kind.of(connection, tasks, GuestType.CONTAINER);
  }

  private record Kind(Inventory inventory, Vms work, GuestEnsure ensure) {
    static Kind of(ProxmoxConnection connection, Tasks tasks, GuestType type) {
      var inventory = new Inventory(connection, type);
      var work = new Vms(connection, tasks, type);
      return new Kind(inventory, work, new GuestEnsure(connection, tasks, inventory, work, type));
    }
  }

  private Kind kind(@Nullable GuestType type) {
    return GuestType.of(type) == GuestType.VM ? vms : containers;
  }

  /** Where those of a type are; VMs when none is named. */
  Inventory inventory(@Nullable GuestType type) {
    return kind(type).inventory();
  }

  /** What is done with those of a type. */
  Vms work(@Nullable GuestType type) {
    return kind(type).work();
  }

  /** Makes those of a type what they are wanted to be. */
  GuestEnsure ensure(@Nullable GuestType type) {
    return kind(type).ensure();
  }
}
