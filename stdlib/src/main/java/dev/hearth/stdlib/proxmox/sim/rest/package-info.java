/** The API methods outside of guests: access, cluster, nodes, pools, storage, tasks. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.rest;

import org.jspecify.annotations.NullMarked;
