@NullMarked
package dev.hearth.stdlib.proxmox.sim.ceph;

import org.jspecify.annotations.NullMarked;
