/** Ceph, which is installed on no node: what its methods take, and how they say so. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.ceph;

import org.jspecify.annotations.NullMarked;
