@NullMarked
package dev.hearth.stdlib.proxmox.sim.lxc;

import org.jspecify.annotations.NullMarked;
