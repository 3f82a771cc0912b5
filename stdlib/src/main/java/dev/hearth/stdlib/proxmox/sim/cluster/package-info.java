/** What belongs to the cluster as a whole: mappings of devices, metrics servers, jobs, its log. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.cluster;

import org.jspecify.annotations.NullMarked;
