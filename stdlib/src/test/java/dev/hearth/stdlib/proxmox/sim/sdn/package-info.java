@NullMarked
package dev.hearth.stdlib.proxmox.sim.sdn;

import org.jspecify.annotations.NullMarked;
