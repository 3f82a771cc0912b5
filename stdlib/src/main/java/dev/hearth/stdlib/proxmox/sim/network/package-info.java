/** The network of a node: its interfaces file, and the one that waits to be applied. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.network;

import org.jspecify.annotations.NullMarked;
