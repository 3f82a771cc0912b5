package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.base.Servers;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks;
import dev.hearth.stdlib.proxmox.sim.storage.Storage.Space;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Objects;

/**
 * What happens when the nodes first use a new storage, and how much fits on it. Folders lie on a
 * node's own disk; every server answers but a node itself, which serves nothing; ZFS pools are
 * those that were made on a node's disks.
 */
final class StorageActivation {
  private static final long SERVED_BYTES = 1L << 40;

  private final World world;

  StorageActivation(World world) {
    this.world = world;
  }

  /** Refuses a storage that the first node should have and cannot use. */
  void check(StorageConfig config) {
    var node = world.nodes().keySet().stream().findFirst();
    if (!config.isEnabled() || node.isEmpty() || !config.isOn(node.get())) {
      return;
    }
    var id = config.id();
    boolean isSilent = Servers.isThisNode(config.properties().getOrDefault("server", ""));
    switch (config.type()) {
      case "nfs", "cifs", "glusterfs" -> {
        if (isSilent) {
          throw Refusal.die("storage '" + id + "' is not online");
        }
      }
      case "pbs" -> {
        if (isSilent) {
          throw Refusal.die(
              id
                  + ": error fetching datastores - 500 Can't connect to "
                  + config.properties().get("server")
                  + ":8007 (Connection refused)");
        }
      }
      case "zfspool" -> {
        var pool = config.properties().getOrDefault("pool", "").replaceFirst("/.*", "");
        if (!NodeDisks.hasPool(world, node.get(), pool)) {
          throw Refusal.die(
              "could not activate storage '"
                  + id
                  + "', zfs error: open3: exec of zpool import -d /dev/disk/by-id/ -o"
                  + " cachefile=none "
                  + pool
                  + " failed: No such file or directory at /usr/share/perl5/PVE/Tools.pm line"
                  + " 527.\n");
        }
      }
      default -> {
        // it can be used, or its failure shows only when it is
      }
    }
  }

  Space space(StorageConfig config) {
    return switch (config.type()) {
      case "dir", "btrfs" ->
          new Space(
              world.nodes().values().stream().mapToLong(node -> node.rootBytes()).max().orElse(0),
              0);
      case "lvm", "lvmthin" ->
          world.storages().configs().stream()
              .filter(other -> isOnSame(config, other))
              .map(other -> world.storages().spaces().get(other.id()))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(new Space(0, 0));
      default -> new Space(SERVED_BYTES, 0);
    };
  }

  private static boolean isOnSame(StorageConfig config, StorageConfig other) {
    return other.type().equals(config.type())
        && Objects.equals(other.property("vgname"), config.property("vgname"))
        && Objects.equals(other.property("thinpool"), config.property("thinpool"));
  }
}
