@NullMarked
package dev.hearth.stdlib.proxmox.sim.ha;

import org.jspecify.annotations.NullMarked;
