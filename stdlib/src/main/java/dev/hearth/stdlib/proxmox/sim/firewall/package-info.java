/** The firewall on all its levels: the datacenter, nodes, guests and virtual networks. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.firewall;

import org.jspecify.annotations.NullMarked;
