/** How API methods are declared, checked, found and answered. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.api;

import org.jspecify.annotations.NullMarked;
