package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Kind;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code /nodes/{node}/disks/lvmthin}: pools of thin logical volumes. */
final class ThinPoolMethods {
  /** What is left free in a group beside its pool, just in case. */
  static final long KEPT_FREE = 128L << 20;

  private static final String PATH = "/lvmthin";
  private static final String GROUP = "volume-group";
  private static final long LEAST_METADATA = 1L << 30;

  private ThinPoolMethods() {}

  static List<ApiMethod> all() {
    return List.of(
        OnDisks.method("GET", PATH, "index", OnDisks.AUDIT).answers(ThinPoolMethods::all),
        OnDisks.create(PATH).param("device", Param.of(string())).answers(ThinPoolMethods::create),
        OnDisks.delete(PATH).param(GROUP, OnDisks.NAME).answers(ThinPoolMethods::delete));
  }

  /** The pools of a node, as its own list and looking around tell them. */
  static List<Item> all(Call call) {
    var pools = new ArrayList<Item>();
    pools.add(pool(call, NodeDisks.SYSTEM_GROUP, NodeDisks.SYSTEM_POOL, systemBytes(call)));
    for (var name : OnDisks.of(call).names(Kind.THIN)) {
      pools.add(pool(call, name, name, NodeDisks.DISK_BYTES - KEPT_FREE - 2 * LEAST_METADATA));
    }
    return pools;
  }

  private static long systemBytes(Call call) {
    return storages(call, NodeDisks.SYSTEM_GROUP, NodeDisks.SYSTEM_POOL).stream()
        .map(config -> call.world().storages().spaces().get(config.id()))
        .filter(Objects::nonNull)
        .mapToLong(space -> space.totalBytes())
        .findFirst()
        .orElse(NodeDisks.SYSTEM_BYTES / 2);
  }

  private static List<StorageConfig> storages(Call call, String group, String pool) {
    return call.world().storages().configs().stream()
        .filter(config -> isOf(config, group, pool))
        .toList();
  }

  private static boolean isOf(StorageConfig config, String group, String pool) {
    return config.type().equals("lvmthin")
        && group.equals(config.property("vgname"))
        && pool.equals(config.property("thinpool"));
  }

  private static Item pool(Call call, String group, String name, long bytes) {
    long used =
        storages(call, group, name).stream()
            .filter(config -> config.isOn(call.node()) && config.isEnabled())
            .mapToLong(config -> call.world().storages().at(call.node(), config.id()).usedBytes())
            .findFirst()
            .orElse(0);
    return Item.of("lv", name)
        .with("vg", group)
        .with("lv_size", bytes)
        .with("lv_state", "a")
        .with("lv_type", "t")
        .with("ctime", String.valueOf(call.world().boot().getEpochSecond()))
        .with("used", used)
        .with("metadata_size", LEAST_METADATA)
        .with("metadata_used", LEAST_METADATA / 100);
  }

  private static Object create(Call call) {
    var name = OnDisks.name(call);
    var device = OnDisks.of(call).unused(call.params().text("device"));
    var storage =
        new DiskStorage(
                name,
                "lvmthin",
                Map.of("vgname", name, "thinpool", name, "content", "rootdir,images"),
                List.of("vgname", "thinpool"))
            .ifAsked(call);
    return OnDisks.fork(
        call,
        "lvmthincreate",
        name,
        task -> {
          VolumeGroupMethods.make(call, task, device, name);
          OnDisks.of(call).use(device.name(), Kind.THIN, name, "-");
          task.log("  Logical volume \"" + name + "\" created.");
          storage.ifPresent(
              it -> it.add(call, task, device.bytes() - KEPT_FREE - 2 * LEAST_METADATA));
        });
  }

  private static Object delete(Call call) {
    var name = OnDisks.name(call);
    var group = call.params().text(GROUP);
    boolean isCleaned = DiskStorage.isAsked(call, DiskStorage.CLEAN);
    return OnDisks.fork(
        call,
        "lvmthinremove",
        group + "-" + name,
        task -> {
          var disks = OnDisks.of(call);
          boolean isSystem =
              group.equals(NodeDisks.SYSTEM_GROUP) && name.equals(NodeDisks.SYSTEM_POOL);
          if (isSystem) {
            throw Refusal.die(
                "command 'lvremove -y " + group + "/" + name + "' failed: exit code 5");
          }
          var of = disks.of(group, Kind.THIN);
          if (of.isEmpty() || !group.equals(name)) {
            throw Refusal.die("no such thin pool " + group + "/" + name);
          }
          task.log("  Logical volume \"" + name + "\" successfully removed.");
          of.forEach(disk -> disks.use(disk, Kind.GROUP, group, "-"));
          if (isCleaned) {
            DiskStorage.clean(call, config -> isOf(config, group, name));
          }
          if (call.params().flag("cleanup-disks")) {
            OnDisks.clean(call, task, of);
          }
        });
  }
}
