/** Software-defined networks: zones, virtual networks, subnets, and their application. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.sdn;

import org.jspecify.annotations.NullMarked;
