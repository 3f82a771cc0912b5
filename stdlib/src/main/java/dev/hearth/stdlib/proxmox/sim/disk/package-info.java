/** The disks of nodes, what can be made on them, and what a node finds when it looks around. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.disk;

import org.jspecify.annotations.NullMarked;
