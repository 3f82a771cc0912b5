@NullMarked
package dev.hearth.stdlib.proxmox.sim.notify;

import org.jspecify.annotations.NullMarked;
