package dev.hearth.stdlib.proxmox;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a call will lock, as far as it says so itself. */
final class Claims {
  private static final Pattern NEW_DISK =
      Pattern.compile(
          "(?:file=|volume=)?([A-Za-z][A-Za-z0-9._-]*):(?:\\d+(?:\\.\\d+)?|cloudinit)(?:,.*)?");
  private static final Pattern DISK_KEY =
      Pattern.compile("(?:scsi|virtio|sata|ide|efidisk|tpmstate|mp)\\d+|rootfs");

  /** What changes a guest and would only find it locked by another such call. */
  private static final Set<String> EXCLUSIVE =
      Set.of(
          "config",
          "migrate",
          "move_disk",
          "move_volume",
          "resize",
          "snapshot",
          "template",
          "unlink");

  private Claims() {}

  /**
   * The lanes of a call: {@code storage NAME}, {@code guest ID} for what needs it alone, {@code
   * from ID} for what copies it, {@code node NAME}, {@code cluster PART}. Power is nobody's: a stop
   * must pass a shutdown.
   */
  static Set<String> of(ApiCall call) {
    var path = call.path().segments();
    var lanes = new TreeSet<String>();
    if (call.reads() || path.isEmpty()) {
      return lanes;
    }
    if (!path.getFirst().equals("nodes")) {
      lanes.add("cluster " + path.getFirst()); // its files have a lock each
      return lanes;
    }
    if (path.size() < 3 || !(path.get(2).equals("qemu") || path.get(2).equals("lxc"))) {
      return lanes;
    }
    boolean isNew = path.size() == 3;
    var verb = path.size() > 4 ? path.get(4) : "";
    if (isNew || verb.equals("clone")) {
      lanes.add("node " + path.get(1));
    }
    if (verb.equals("clone")) {
      lanes.add("from " + path.get(3));
    } else if (EXCLUSIVE.contains(verb) || (call.method().equals("DELETE") && path.size() == 4)) {
      lanes.add("guest " + path.get(3));
    }
    storages(call, lanes);
    return lanes;
  }

  private static void storages(ApiCall call, Set<String> lanes) {
    for (var param : call.params().properties()) {
      var value = param.getValue().asText();
      if (param.getKey().equals("storage")) {
        lanes.add("storage " + value);
      } else if (DISK_KEY.matcher(param.getKey()).matches()) {
        var made = NEW_DISK.matcher(value);
        if (made.matches()) {
          lanes.add("storage " + made.group(1));
        }
      }
    }
  }
}
