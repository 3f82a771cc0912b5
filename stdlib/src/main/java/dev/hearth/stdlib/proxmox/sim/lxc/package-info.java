/**
 * Containers: what they are configured with and what one may do with them. A method is declared in
 * {@link dev.hearth.stdlib.proxmox.sim.lxc.LxcMethods} and done by the class that it names there.
 */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.lxc;

import org.jspecify.annotations.NullMarked;
