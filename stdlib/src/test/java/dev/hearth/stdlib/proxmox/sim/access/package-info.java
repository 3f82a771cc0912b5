@NullMarked
package dev.hearth.stdlib.proxmox.sim.access;

import org.jspecify.annotations.NullMarked;
