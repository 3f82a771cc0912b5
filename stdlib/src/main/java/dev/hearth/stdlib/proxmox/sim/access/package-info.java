/** Users, groups, roles, ACLs, pools, tokens and tickets, and what they allow. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.access;

import org.jspecify.annotations.NullMarked;
