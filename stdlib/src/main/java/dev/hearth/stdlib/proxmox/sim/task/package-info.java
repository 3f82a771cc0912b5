/** Worker tasks: UPIDs, logs, exit statuses. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.task;

import org.jspecify.annotations.NullMarked;
