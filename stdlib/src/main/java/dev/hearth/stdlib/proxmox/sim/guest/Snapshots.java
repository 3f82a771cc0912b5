package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The chain of a guest's snapshots: what they are called, hold and come after. */
public final class Snapshots {
  private static final Set<String> NOT_COPIED =
      Set.of("snapstate", "snaptime", "vmstate", "lock", "description", "digest");

  private Snapshots() {}

  /** Refuses names that mean something else. */
  public static void checkName(String name) {
    if (name.equals("current") || name.equalsIgnoreCase("pending")) {
      throw Refusal.die("unable to use snapshot name '" + name + "' (reserved name)");
    }
  }

  /** All of them and the present, which is called {@code current}. */
  public static List<Map<String, Object>> list(AnyGuest guest) {
    var isVm = !guest.guest().isContainer();
    var items = new ArrayList<Map<String, Object>>();
    guest
        .snapshots()
        .forEach(
            (name, snapshot) -> {
              var item = new LinkedHashMap<String, Object>();
              item.put("name", name);
              item.put("description", snapshot.getOrDefault("description", ""));
              item.put("snaptime", Long.parseLong(snapshot.getOrDefault("snaptime", "0")));
              if (isVm) {
                item.put("vmstate", snapshot.containsKey("vmstate") ? 1 : 0);
              }
              putIfThere(item, "parent", snapshot.get("parent"));
              items.add(item);
            });
    var current = new LinkedHashMap<String, Object>();
    current.put("name", "current");
    current.put("description", "You are here!");
    current.put("running", guest.isRunning() ? 1 : 0);
    current.put("digest", guest.digest());
    putIfThere(current, "parent", guest.get("parent"));
    items.add(current);
    return items;
  }

  private static void putIfThere(Map<String, Object> item, String key, @Nullable String value) {
    if (value != null) {
      item.put(key, value);
    }
  }

  /** What of a configuration goes into a snapshot, or comes back from one. */
  public static Map<String, String> copied(Map<String, String> config) {
    var copy = new TreeMap<>(config);
    copy.keySet().removeIf(key -> NOT_COPIED.contains(key) || DriveKeys.isUnused(key));
    return copy;
  }

  /** What came after a snapshot now comes after the one before it. */
  public static void adopt(AnyGuest guest, String gone, @Nullable String parent) {
    var sections = new ArrayList<Map<String, String>>(guest.snapshots().values());
    sections.add(guest.config());
    for (var section : sections) {
      if (gone.equals(section.get("parent"))) {
        if (parent == null) {
          section.remove("parent");
        } else {
          section.put("parent", parent);
        }
      }
    }
  }

  /** Says something else of a snapshot, or nothing. */
  public static void describe(AnyGuest guest, Params params) {
    guest.checkLock();
    var snapshot = guest.snapshot(params.text("snapname"));
    var description = params.find("description");
    if (description != null) {
      if (description.isEmpty()) {
        snapshot.remove("description");
      } else {
        snapshot.put("description", description);
      }
    }
  }
}
