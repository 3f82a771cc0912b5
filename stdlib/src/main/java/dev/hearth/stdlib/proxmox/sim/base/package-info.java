/** What every part of the simulated Proxmox stands on: its one lock, its refusals, its dice. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.base;

import org.jspecify.annotations.NullMarked;
