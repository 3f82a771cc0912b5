package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Kind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code /nodes/{node}/disks/lvm}: volume groups. */
final class VolumeGroupMethods {
  private static final String PATH = "/lvm";
  private static final long SYSTEM_FREE = 16 * NodeDisks.GIB;
  private static final int SYSTEM_VOLUMES = 3; // swap, root and the pool for guests
  private static final long EXTENT = 4L << 20;

  private VolumeGroupMethods() {}

  static List<ApiMethod> all() {
    return List.of(
        OnDisks.method("GET", PATH, "index", OnDisks.AUDIT)
            .answers(
                call ->
                    Item.of("leaf", 0)
                        .with(
                            "children",
                            groups(call).stream().map(VolumeGroupMethods::tree).toList())),
        OnDisks.create(PATH)
            .param("device", Param.of(string()))
            .answers(VolumeGroupMethods::create),
        OnDisks.delete(PATH).answers(VolumeGroupMethods::delete));
  }

  /**
   * A volume group.
   *
   * @param disks what it lies on, without {@code /dev/}
   */
  record Group(String name, long bytes, long free, int volumes, List<String> disks) {}

  static List<Group> groups(Call call) {
    var disks = OnDisks.of(call);
    var groups = new ArrayList<Group>();
    var system = disks.named("/dev/sda3").bytes() / EXTENT * EXTENT;
    groups.add(
        new Group(NodeDisks.SYSTEM_GROUP, system, SYSTEM_FREE, SYSTEM_VOLUMES, List.of("sda3")));
    for (var name : disks.names(Kind.GROUP, Kind.THIN)) {
      var of = disks.of(name, Kind.GROUP, Kind.THIN);
      long bytes = NodeDisks.DISK_BYTES - EXTENT;
      boolean isFull = !disks.of(name, Kind.THIN).isEmpty();
      groups.add(
          new Group(name, bytes, isFull ? ThinPoolMethods.KEPT_FREE : bytes, isFull ? 1 : 0, of));
    }
    groups.sort(Comparator.comparing(Group::name));
    return groups;
  }

  static boolean exists(Call call, String name) {
    return groups(call).stream().anyMatch(group -> group.name().equals(name));
  }

  private static Item tree(Group group) {
    var disks =
        group.disks().stream()
            .map(
                disk ->
                    Item.of("name", "/dev/" + disk)
                        .with("size", group.bytes())
                        .with("free", group.free())
                        .with("leaf", 1))
            .toList();
    return facts(group).with("name", group.name()).with("leaf", 0).with("children", disks);
  }

  static Item facts(Group group) {
    return Item.of("size", group.bytes())
        .with("free", group.free())
        .with("lvcount", group.volumes());
  }

  /** Makes a group on a disk, within a task. */
  static void make(Call call, TaskRun task, NodeDisks.Device device, String name) {
    OnDisks.of(call).checkUnused(device);
    if (exists(call, name)) {
      throw Refusal.die(
          "volume group with name '%s' already exists on node '%s'".formatted(name, call.node()));
    }
    task.log("  Physical volume \"" + device.path() + "\" successfully created.");
    task.log("  Volume group \"" + name + "\" successfully created");
    OnDisks.of(call).use(device.name(), Kind.GROUP, name, "-");
    task.work();
  }

  private static Object create(Call call) {
    var name = OnDisks.name(call);
    var device = OnDisks.of(call).unused(call.params().text("device"));
    var storage =
        new DiskStorage(
                name,
                "lvm",
                Map.of("vgname", name, "content", "rootdir,images", "shared", "0"),
                List.of("vgname"))
            .ifAsked(call);
    return OnDisks.fork(
        call,
        "lvmcreate",
        name,
        task -> {
          make(call, task, device, name);
          storage.ifPresent(it -> it.add(call, task, device.bytes() - EXTENT));
        });
  }

  private static Object delete(Call call) {
    var name = OnDisks.name(call);
    boolean isCleaned = DiskStorage.isAsked(call, DiskStorage.CLEAN);
    return OnDisks.fork(
        call,
        "lvmremove",
        name,
        task -> {
          var group =
              groups(call).stream()
                  .filter(one -> one.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> Refusal.die("no such volume group '" + name + "'"));
          if (group.volumes() > 0 && name.equals(NodeDisks.SYSTEM_GROUP)) {
            throw Refusal.die(
                "error removing volume group '"
                    + name
                    + "': command '/sbin/vgremove -y "
                    + name
                    + "' failed: exit code 5");
          }
          task.log("  Volume group \"" + name + "\" successfully removed");
          group.disks().forEach(OnDisks.of(call)::wipe);
          if (isCleaned) {
            DiskStorage.clean(
                call,
                config -> config.type().equals("lvm") && name.equals(config.property("vgname")));
          }
          if (call.params().flag("cleanup-disks")) {
            OnDisks.clean(call, task, group.disks());
          } else {
            // they are physical volumes still, which is why they count as used
            group.disks().forEach(disk -> OnDisks.of(call).use(disk, Kind.LABEL, "-", "-"));
          }
        });
  }
}
