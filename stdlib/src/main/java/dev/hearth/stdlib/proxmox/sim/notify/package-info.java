/** Whom Proxmox tells what happens: endpoints, and the matchers that choose among them. */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.notify;

import org.jspecify.annotations.NullMarked;
