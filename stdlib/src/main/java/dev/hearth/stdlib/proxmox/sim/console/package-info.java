/**
 * Consoles of VMs, containers and nodes: tickets, and the tasks that wait for who comes with one.
 */
@org.jspecify.annotations.NullMarked
package dev.hearth.stdlib.proxmox.sim.console;
