/** The Proxmox VE simulator: a small Proxmox that keeps state and says no, in memory. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim;

import org.jspecify.annotations.NullMarked;
