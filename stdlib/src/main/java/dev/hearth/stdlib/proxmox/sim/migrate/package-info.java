/** Moving guests from node to node. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.migrate;

import org.jspecify.annotations.NullMarked;
