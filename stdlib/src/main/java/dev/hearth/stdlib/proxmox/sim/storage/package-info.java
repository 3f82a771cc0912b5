/** Storages and the volumes on them. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.storage;

import org.jspecify.annotations.NullMarked;
