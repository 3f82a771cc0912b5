package dev.hearth.stdlib.proxmox.sim.migrate;

import dev.hearth.stdlib.proxmox.config.DiskSize;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.migrate.GuestVolumes.Used;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.Map;
import java.util.Optional;

/** What a guest is told of its disks before it moves: which would have to go along, and why. */
final class LocalDisks {
  private final Guest guest;

  LocalDisks(Guest guest) {
    this.guest = guest;
  }

  Item told(Used used) {
    var volid = used.id().toString();
    var drive = drive(guest.config(), volid);
    var text = drive.map(Map.Entry::getValue).orElseGet(() -> inSnapshots(volid));
    boolean isAttached = drive.filter(is -> !is.getKey().startsWith("unused")).isPresent();
    var item =
        Item.of("volid", volid)
            .with("cdrom", text.contains("media=cdrom") ? 1 : 0)
            .with("shared", text.contains("shared=1") ? 1 : 0)
            .with("replicate", text.contains("replicate=0") ? 0 : 1)
            .with("is_attached", isAttached ? 1 : 0)
            .with("is_unused", drive.isPresent() && !isAttached ? 1 : 0)
            .with("is_vmstate", used.key().equals("vmstate") ? 1 : 0)
            .with("is_tpmstate", used.key().startsWith("tpmstate") ? 1 : 0);
    if (isAttached) {
      drive.ifPresent(is -> item.with("drivename", is.getKey()));
    }
    size(text).ifPresent(bytes -> item.with("size", bytes));
    var snapshots = new Item();
    guest
        .snapshots()
        .forEach(
            (name, section) -> {
              if (drive(section, volid).isPresent()) {
                snapshots.with(name, 1);
              }
            });
    return snapshots.isEmpty() ? item : item.with("referenced_in_snapshot", snapshots);
  }

  private static Optional<Map.Entry<String, String>> drive(
      Map<String, String> section, String volid) {
    return section.entrySet().stream()
        .filter(is -> is.getValue().equals(volid) || is.getValue().startsWith(volid + ","))
        .findFirst();
  }

  private String inSnapshots(String volid) {
    return guest.snapshots().values().stream()
        .flatMap(section -> drive(section, volid).stream())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static Optional<Long> size(String text) {
    for (var part : text.split(",", -1)) {
      if (part.startsWith("size=")) {
        return Optional.of(DiskSize.bytes(part.substring("size=".length())));
      }
    }
    return Optional.empty();
  }
}
