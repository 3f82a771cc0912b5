package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import java.util.Optional;

/**
 * A volume of a guest as backups see it.
 *
 * @param key under which the configuration names it
 * @param source the volume's id, or a path
 * @param volume the volume; empty for a path
 * @param isIncluded whether it goes into a backup
 * @param reason why, in Proxmox's words
 */
public record BackupVolume(
    String key, String source, Optional<VolumeId> volume, boolean isIncluded, String reason) {}
