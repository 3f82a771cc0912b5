@NullMarked
package dev.hearth.stdlib.proxmox.sim.cluster;

import org.jspecify.annotations.NullMarked;
