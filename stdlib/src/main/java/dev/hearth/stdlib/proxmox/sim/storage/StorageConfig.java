package dev.hearth.stdlib.proxmox.sim.storage;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One section of {@code storage.cfg}; its properties are mutable, guarded by the world's lock.
 *
 * @param type {@code dir}, {@code nfs}, {@code lvmthin} …
 * @param properties {@code content}, {@code path}, {@code vgname}, {@code thinpool}, {@code nodes},
 *     {@code shared}, {@code disable} …: as Proxmox writes them
 */
public record StorageConfig(String id, String type, Map<String, String> properties) {
  public StorageConfig {
    properties = new LinkedHashMap<>(properties);
  }

  /** Types whose folder a node mounts by itself. */
  private static final Set<String> MOUNTED = Set.of("nfs", "cifs", "cephfs", "glusterfs");

  /** Types that all nodes share without being told so. */
  private static final Set<String> SHARED =
      Set.of("nfs", "cifs", "cephfs", "glusterfs", "rbd", "iscsi", "iscsidirect", "zfs", "pbs");

  /** Whether volumes are files in folders; else they are logical volumes. */
  public boolean isFiles() {
    return isMounted() || type.equals("dir") || type.equals("btrfs");
  }

  /** Whether its folder is on a server. */
  public boolean isMounted() {
    return MOUNTED.contains(type);
  }

  /** What it may hold, in the configured order. */
  public Set<String> content() {
    var kinds = new LinkedHashSet<String>();
    for (var kind : properties.getOrDefault("content", "").split(",", -1)) {
      if (!kind.isBlank() && !kind.equals("none")) {
        kinds.add(kind.strip());
      }
    }
    return kinds;
  }

  public @Nullable String property(String name) {
    return properties.get(name);
  }

  public boolean isShared() {
    return SHARED.contains(type) || "1".equals(properties.get("shared"));
  }

  public boolean isEnabled() {
    return !"1".equals(properties.get("disable"));
  }

  /** Whether a node has it. */
  public boolean isOn(String node) {
    var nodes = properties.get("nodes");
    return nodes == null || nodes.isEmpty() || Arrays.asList(nodes.split(",", -1)).contains(node);
  }

  /** The folder of a storage of files. */
  public String path() {
    return properties.getOrDefault("path", "/mnt/pve/" + id);
  }
}
