/**
 * What virtual machines and containers have in common: configuration, volumes, snapshots, rights.
 */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.guest;

import org.jspecify.annotations.NullMarked;
