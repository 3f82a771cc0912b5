/**
 * Everything below {@code /nodes/NODE/qemu}: virtual machines, their disks, their life, and the
 * guests that run in them.
 */
@NullMarked
package dev.hearth.stdlib.proxmox.sim.qemu;

import org.jspecify.annotations.NullMarked;
