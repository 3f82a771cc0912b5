/** Worlds that are copies of a real Proxmox VE, read through its API. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.copy;

import org.jspecify.annotations.NullMarked;
