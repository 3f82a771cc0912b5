/** One node: its settings, services, journal, figures, and all its guests at once. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.node;

import org.jspecify.annotations.NullMarked;
