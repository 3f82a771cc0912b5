@NullMarked
package dev.hearth.stdlib.proxmox.sim.firewall;

import org.jspecify.annotations.NullMarked;
