package dev.hearth.stdlib.proxmox.sim.migrate;

import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The volumes that a guest's configuration names. */
final class GuestVolumes {
  private static final Pattern KEY =
      Pattern.compile("(?:scsi|virtio|sata|ide|efidisk|tpmstate|unused|mp)\\d+|rootfs|vmstate");

  private final World world;
  private final Guest guest;

  GuestVolumes(World world, Guest guest) {
    this.world = world;
    this.guest = guest;
  }

  /**
   * One volume.
   *
   * @param key where it stands, such as {@code scsi0}
   * @param isCdrom whether it is a disc in a drive, which the guest does not own
   */
  record Used(String key, VolumeId id, boolean isCdrom) {}

  /** Those of the configuration and its snapshots, each once. */
  List<Used> all() {
    var found = new ArrayList<Used>();
    add(guest.config(), found);
    guest.snapshots().values().forEach(section -> add(section, found));
    return found;
  }

  /** Those that are on this node only. */
  List<Used> local() {
    return all().stream()
        .filter(used -> !world.storages().config(used.id().storage()).isShared())
        .toList();
  }

  private static void add(Map<String, String> section, List<Used> found) {
    section.forEach(
        (key, value) -> {
          var volid = value.split(",", 2)[0].replaceFirst("^(?:file|volume)=", "");
          if (!KEY.matcher(key).matches() || !volid.matches("[a-zA-Z][^:/]*:.+")) {
            return;
          }
          var id = Storages.split(volid);
          boolean isCdrom = value.contains("media=cdrom") && !volid.contains("cloudinit");
          if (found.stream().noneMatch(used -> used.id().equals(id))) {
            found.add(new Used(key, id, isCdrom));
          }
        });
  }

  /** Puts another volume wherever one was named. */
  static void rename(Guest guest, String old, String fresh) {
    rename(guest.config(), old, fresh);
    rename(guest.pending(), old, fresh);
    guest.snapshots().values().forEach(section -> rename(section, old, fresh));
  }

  private static void rename(Map<String, String> section, String old, String fresh) {
    section.replaceAll(
        (_, value) ->
            value.equals(old) || value.startsWith(old + ",")
                ? fresh + value.substring(old.length())
                : value.replaceFirst(
                    "^((?:file|volume)=)" + Pattern.quote(old) + "(?=,|$)", "$1" + fresh));
  }
}
