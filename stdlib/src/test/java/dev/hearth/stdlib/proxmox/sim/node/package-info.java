@NullMarked
package dev.hearth.stdlib.proxmox.sim.node;

import org.jspecify.annotations.NullMarked;
