@NullMarked
package dev.hearth.stdlib.proxmox.sim.qemu;

import org.jspecify.annotations.NullMarked;
