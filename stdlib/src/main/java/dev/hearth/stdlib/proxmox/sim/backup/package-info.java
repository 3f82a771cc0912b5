/** Backups of guests: vzdump, its jobs, and which backups are kept. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.backup;

import org.jspecify.annotations.NullMarked;
