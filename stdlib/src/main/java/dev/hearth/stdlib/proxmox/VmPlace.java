package dev.hearth.stdlib.proxmox;

/** A VM by its id and the node it is on. */
record VmPlace(long vmid, String node) {}
