@NullMarked
package dev.hearth.stdlib.proxmox.sim.network;

import org.jspecify.annotations.NullMarked;
