@NullMarked
package dev.hearth.stdlib.proxmox.sim.disk;

import org.jspecify.annotations.NullMarked;
