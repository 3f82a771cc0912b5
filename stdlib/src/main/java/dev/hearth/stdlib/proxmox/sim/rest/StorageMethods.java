package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/storage}: what a node has, and how full it is. */
public final class StorageMethods {
  /** Who may look at a storage. */
  static final Check VISIBLE =
      Check.permAny("/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace");

  private StorageMethods() {}

  /** The methods of a Proxmox VE of this version. */
  public static List<ApiMethod> all(int major) {
    var methods = new ArrayList<>(common());
    if (major >= 9) {
      methods.add(
          ApiMethod.get("/nodes/{node}/storage/{storage}/identity")
              .name("identity")
              .allow(VISIBLE)
              .param("node", Standard.NODE)
              .param("storage", Standard.STORAGE)
              .answers(StorageMethods::identity));
    }
    return methods;
  }

  /** Two storages of one identity are the same, whatever they are called. */
  private static Object identity(Call call) {
    var config = call.world().storages().config(call.params().text("storage"));
    var place = config.isShared() ? "" : call.node();
    return Item.of("type", config.type())
        .with(
            "id", Digests.sha1(config.type() + place + config.path() + config.property("vgname")));
  }

  private static List<ApiMethod> common() {
    return List.of(
        ApiMethod.get("/nodes/{node}/storage")
            .name("index")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE.asOptional())
            .param("content", Param.optional(formatted(StorageTypes.CONTENT.list())))
            .param("enabled", Param.optional(bool().orElse("0")))
            .param("target", Param.optional(formatted(Formats.NODE)))
            .param("format", Param.optional(bool().orElse("0")))
            .answers(StorageMethods::list),
        ApiMethod.get("/nodes/{node}/storage/{storage}")
            .name("diridx")
            .allow(VISIBLE)
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .answers(
                call ->
                    Directories.of(
                        "content",
                        "download-url",
                        "file-restore",
                        "import-metadata",
                        "prunebackups",
                        "rrd",
                        "rrddata",
                        "status",
                        "upload")),
        ApiMethod.get("/nodes/{node}/storage/{storage}/status")
            .name("read_status")
            .allow(VISIBLE)
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .answers(StorageMethods::status));
  }

  private static Object list(Call call) {
    var params = call.params();
    var wanted = params.find("storage");
    if (wanted != null && !call.world().storages().exists(wanted)) {
      throw Refusal.parameter("storage", "No such storage.");
    }
    var entries = new ArrayList<Item>();
    for (var storage : call.world().storages().seenFrom(call.node())) {
      var config = storage.config();
      boolean isVisible =
          call.rights()
              .hasAny("/storage/" + config.id(), "Datastore.Audit", "Datastore.AllocateSpace");
      if (isVisible && isWanted(call, config) && (wanted == null || wanted.equals(config.id()))) {
        entries.add(entry(call, storage));
      }
    }
    return entries;
  }

  private static boolean isWanted(Call call, StorageConfig config) {
    var params = call.params();
    var kinds = params.list("content");
    var target = params.find("target");
    if (target != null && !target.equals(call.node())) {
      // Only what both nodes have is of use for a move from one to the other.
      return config.isShared()
          && config.isOn(target)
          && config.isOn(call.node())
          && (!params.flag("enabled") || config.isEnabled());
    }
    boolean isOfKind =
        kinds.isEmpty()
            || (isOn(call.node(), config) && kinds.stream().anyMatch(config.content()::contains));
    return isOfKind && (!params.flag("enabled") || config.isEnabled());
  }

  private static Item entry(Call call, Storage storage) {
    var node = call.node();
    var entry = figures(node, storage).with("storage", storage.id());
    boolean isOn = isOn(node, storage.config());
    if (isOn && storage.totalBytes() > 0) {
      entry.with("used_fraction", (double) storage.usedBytes() / storage.totalBytes());
    }
    if (isOn && call.params().flag("format")) {
      entry.withKnown("format", formats(storage.config()));
    }
    return entry;
  }

  /** Which formats its disks can have, and which they have unless one is asked for. */
  private static @Nullable Object formats(StorageConfig config) {
    return switch (config.type()) {
      case "dir", "nfs", "cifs" ->
          List.of(Map.of("raw", 1, "qcow2", 1, "vmdk", 1, "subvol", 1), "raw");
      case "btrfs", "zfspool" -> List.of(Map.of("raw", 1, "subvol", 1), "raw");
      case "glusterfs" -> List.of(Map.of("raw", 1, "qcow2", 1, "vmdk", 1), "raw");
      default -> null;
    };
  }

  private static boolean isOn(String node, StorageConfig config) {
    return config.isEnabled() && config.isOn(node);
  }

  private static Item figures(String node, Storage storage) {
    var config = storage.config();
    boolean isOn = isOn(node, config);
    return Item.of("type", config.type())
        .with("content", String.join(",", config.content()))
        .with("shared", config.isShared() ? 1 : 0)
        .with("enabled", isOn ? 1 : 0)
        .with("active", isOn && storage.totalBytes() > 0 ? 1 : 0)
        .with("total", isOn ? storage.totalBytes() : 0)
        .with("used", isOn ? storage.usedBytes() : 0)
        .with("avail", isOn ? storage.availableBytes() : 0);
  }

  private static Object status(Call call) {
    return call.world().storages().seenFrom(call.node()).stream()
        .filter(storage -> storage.id().equals(call.params().text("storage")))
        .findFirst()
        .map(storage -> figures(call.node(), storage))
        .orElseThrow(() -> Refusal.parameter("storage", "No such storage."));
  }
}
