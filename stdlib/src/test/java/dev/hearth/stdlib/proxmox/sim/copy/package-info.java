@NullMarked
package dev.hearth.stdlib.proxmox.sim.copy;

import org.jspecify.annotations.NullMarked;
