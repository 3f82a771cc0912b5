@NullMarked
package dev.hearth.stdlib.proxmox.sim.console;

import org.jspecify.annotations.NullMarked;
