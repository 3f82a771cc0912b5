/** High availability: which guests are kept in which state, and the manager that keeps them. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.ha;

import org.jspecify.annotations.NullMarked;
