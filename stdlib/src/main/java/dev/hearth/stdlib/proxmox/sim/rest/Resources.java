package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.Node;
import dev.hearth.stdlib.proxmox.sim.world.World;

/** The entries that the cluster's lists are made of. */
public final class Resources {
  private final World world;
  private final GuestFigures figures;

  public Resources(World world, GuestFigures figures) {
    this.world = world;
    this.figures = figures;
  }

  /** A virtual machine or a container. */
  Item guest(Guest guest) {
    var is = figures.of(guest);
    return Item.of("id", guest.type() + "/" + guest.vmid())
        .with("type", guest.type())
        .with("node", guest.node())
        .with("vmid", guest.vmid())
        .with("name", is.name())
        .with("status", world.isOnline(guest.node()) ? is.status() : "unknown")
        .with("template", is.isTemplate() ? 1 : 0)
        .with("maxcpu", is.cpus())
        .with("cpu", 0)
        .with("maxmem", is.memoryBytes())
        .with("mem", 0)
        .with("maxdisk", is.diskBytes())
        .with("disk", 0)
        .with("diskread", 0)
        .with("diskwrite", 0)
        .with("netin", 0)
        .with("netout", 0)
        .with("uptime", is.uptimeSeconds())
        .withKnown("pool", world.accounts().poolOf(guest.vmid()).orElse(null))
        .withKnown("tags", guest.config().get("tags"))
        .withKnown("lock", guest.config().get("lock"))
        .withKnown("hastate", HaResources.known(world, guest).orElse(null));
  }

  /** A storage on a node. */
  Item storage(String node, StorageConfig config) {
    boolean isUsable = config.isEnabled();
    var entry =
        Item.of("id", "storage/" + node + "/" + config.id())
            .with("type", "storage")
            .with("node", node)
            .with("storage", config.id())
            .with("status", isUsable && world.isOnline(node) ? "available" : "unknown")
            .with("plugintype", config.type())
            .with("content", String.join(",", config.content()))
            .with("shared", config.isShared() ? 1 : 0);
    if (isUsable) {
      var storage = world.storages().at(node, config.id());
      entry.with("maxdisk", storage.totalBytes()).with("disk", storage.usedBytes());
    }
    return entry;
  }

  /** A node; its figures are for those who may audit it. */
  Item node(Node node, Rights rights) {
    var entry =
        Item.of("id", "node/" + node.name())
            .with("type", "node")
            .with("node", node.name())
            .with("status", world.isOnline(node.name()) ? "online" : "offline")
            .with("level", "");
    if (world.isOnline(node.name()) && rights.has("/nodes/" + node.name(), "Sys.Audit")) {
      var load = new NodeLoad(world, node);
      entry
          .with("maxcpu", node.cpus())
          .with("cpu", load.cpu())
          .with("maxmem", node.memoryBytes())
          .with("mem", load.memoryBytes())
          .with("maxdisk", node.rootBytes())
          .with("disk", load.rootBytes())
          .with("uptime", load.uptimeSeconds());
    }
    return entry;
  }
}
