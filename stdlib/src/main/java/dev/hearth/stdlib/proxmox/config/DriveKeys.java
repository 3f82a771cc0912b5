package dev.hearth.stdlib.proxmox.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys of a VM that name a drive. */
public final class DriveKeys {
  private static final Map<String, Integer> BUSES =
      Map.of("ide", 4, "scsi", 31, "virtio", 16, "sata", 6);

  /** Every drive key, unused ones apart, in the order in which Proxmox lists them. */
  public static final List<String> ALL = all();

  private DriveKeys() {}

  private static List<String> all() {
    var keys = new ArrayList<String>();
    for (var bus : List.of("ide", "scsi", "virtio", "sata")) {
      for (var index = 0; index < BUSES.getOrDefault(bus, 0); index++) {
        keys.add(bus + index);
      }
    }
    keys.add("efidisk0");
    keys.add("tpmstate0");
    return List.copyOf(keys);
  }

  /** How many drives a bus takes. */
  static int count(String bus) {
    return BUSES.getOrDefault(bus, 0);
  }

  /** Whether the key names a drive that is in use. */
  public static boolean isDrive(String key) {
    return ALL.contains(key);
  }

  /** Whether the key names a volume that belongs to the VM and is not attached. */
  public static boolean isUnused(String key) {
    return key.matches("unused\\d{1,3}");
  }

  /** Whether a guest can boot from it. */
  public static boolean isBootable(String key) {
    return isDrive(key) && !key.equals("efidisk0") && !key.equals("tpmstate0");
  }
}
