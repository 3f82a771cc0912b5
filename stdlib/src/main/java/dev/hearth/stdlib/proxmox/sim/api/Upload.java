package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;

/**
 * A file that came with a call. Its bytes passed by and are gone.
 *
 * @param filename as its sender named it
 * @param facts what was seen of it
 */
public record Upload(String filename, FileFacts facts) {}
