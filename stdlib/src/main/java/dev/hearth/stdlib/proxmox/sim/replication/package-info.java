/** Replication: copies of guests' disks on other nodes, made again and again. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.replication;

import org.jspecify.annotations.NullMarked;
