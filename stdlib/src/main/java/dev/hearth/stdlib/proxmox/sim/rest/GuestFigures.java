package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.world.Guest;

/** What lists say of a guest: how large it is and how busy. */
public interface GuestFigures {
  /** The figures of one guest. */
  Figures of(Guest guest);

  /**
   * The figures of a guest.
   *
   * @param name what it is called
   * @param status {@code running} or {@code stopped}
   * @param cpus how many virtual processors it has
   * @param memoryBytes how much memory it may use
   * @param diskBytes the size of the disk it boots from
   * @param uptimeSeconds how long it has been running; 0 when it is not
   * @param isTemplate whether it is a template
   */
  record Figures(
      String name,
      String status,
      long cpus,
      long memoryBytes,
      long diskBytes,
      long uptimeSeconds,
      boolean isTemplate) {}
}
