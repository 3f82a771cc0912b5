/** The whole state of one simulated Proxmox. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.world;

import org.jspecify.annotations.NullMarked;
