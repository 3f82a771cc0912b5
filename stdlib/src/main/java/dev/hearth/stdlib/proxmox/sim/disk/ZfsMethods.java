package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Device;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Kind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/disks/zfs}: ZFS pools. */
final class ZfsMethods {
  private static final String PATH = "/zfs";
  private static final String DRAID = "draid-config";
  private static final Map<String, Integer> LEAST =
      Map.of(
          "single", 1, "mirror", 2, "raid10", 4, "raidz", 3, "raidz2", 4, "raidz3", 5, "draid", 3,
          "draid2", 4, "draid3", 5);
  private static final PropertyFormat DRAID_FORMAT =
      PropertyFormat.named("draid-config")
          .required("data", integer().min(1))
          .required("spares", integer().min(0));

  private ZfsMethods() {}

  static List<ApiMethod> all() {
    return List.of(
        OnDisks.method("GET", PATH, "index", OnDisks.AUDIT)
            .answers(call -> names(call).stream().map(name -> facts(call, name)).toList()),
        OnDisks.method("GET", PATH + "/{name}", "detail", OnDisks.AUDIT)
            .param("name", OnDisks.NAME)
            .answers(ZfsMethods::detail),
        OnDisks.create(PATH)
            .param(
                "raidlevel",
                Param.of(
                    oneOf(
                        "single", "mirror", "raid10", "raidz", "raidz2", "raidz3", "draid",
                        "draid2", "draid3")))
            .param("devices", Param.of(Standard.TEXTS))
            .param(DRAID, Param.optional(formatted(DRAID_FORMAT)))
            .param("ashift", Param.optional(integer().min(9).max(16).orElse("12")))
            .param(
                "compression",
                Param.optional(
                    oneOf("on", "off", "gzip", "lz4", "lzjb", "zle", "zstd").orElse("on")))
            .answers(ZfsMethods::create),
        OnDisks.delete(PATH).answers(ZfsMethods::delete));
  }

  /** The names of the pools of a node. */
  static List<String> names(Call call) {
    return OnDisks.of(call).names(Kind.ZFS);
  }

  private static List<String> disks(Call call, String name) {
    return OnDisks.of(call).of(name, Kind.ZFS);
  }

  private static String level(Call call, String name) {
    return OnDisks.of(call).use(disks(call, name).getFirst()).orElseThrow().detail();
  }

  /** What guests can fill; parity is part of what a pool says it has, except in mirrors. */
  private static long bytes(String level, int disks) {
    int counted =
        switch (level) {
          case "mirror" -> 1;
          case "raid10" -> disks / 2;
          default -> disks;
        };
    return counted * (NodeDisks.DISK_BYTES - NodeDisks.GIB / 2);
  }

  private static Item facts(Call call, String name) {
    long size = bytes(level(call, name), disks(call, name).size());
    long used =
        call.world().storages().configs().stream()
            .filter(config -> isOf(config.type(), config.property("pool"), name))
            .filter(config -> config.isOn(call.node()) && config.isEnabled())
            .mapToLong(config -> call.world().storages().at(call.node(), config.id()).usedBytes())
            .sum();
    return Item.of("name", name)
        .with("size", size)
        .with("alloc", used)
        .with("free", size - used)
        .with("frag", 0)
        .with("dedup", 1)
        .with("health", "ONLINE");
  }

  private static boolean isOf(String type, @Nullable String pool, String name) {
    return type.equals("zfspool") && name.equals(pool);
  }

  private static Object detail(Call call) {
    var name = OnDisks.name(call);
    if (!names(call).contains(name)) {
      throw Refusal.die("command '/sbin/zpool status -P " + name + "' failed: exit code 1");
    }
    var leaves =
        disks(call, name).stream().map(disk -> device("/dev/" + disk + "1", List.of())).toList();
    var level = level(call, name);
    var groups =
        switch (level) {
          case "single" -> leaves;
          case "raid10" ->
              Stream.iterate(0, at -> at + 1 < leaves.size(), at -> at + 2)
                  .map(at -> device("mirror-" + at / 2, leaves.subList(at, at + 2)))
                  .toList();
          case "raidz" -> List.of(device("raidz1-0", leaves));
          default -> List.of(device(level + "-0", leaves));
        };
    return Item.of("name", name)
        .with("state", "ONLINE")
        .with("errors", "No known data errors")
        .with("leaf", 0)
        .with("children", List.of(device(name, groups)));
  }

  private static Item device(String name, List<Item> children) {
    var item =
        Item.of("name", name)
            .with("state", "ONLINE")
            .with("read", 0)
            .with("write", 0)
            .with("cksum", 0)
            .with("msg", "")
            .with("leaf", children.isEmpty() ? 1 : 0);
    return children.isEmpty() ? item : item.with("children", children);
  }

  private static Object create(Call call) {
    var name = OnDisks.name(call);
    var level = call.params().text("raidlevel");
    var draid = call.params().find(DRAID);
    if (draid != null && !level.startsWith("draid")) {
      throw Refusal.die("draid-config set without using dRAID level");
    }
    var disks = OnDisks.of(call);
    var devices = new ArrayList<Device>();
    Lists.split(call.params().text("devices")).forEach(one -> devices.add(disks.unused(one)));
    var storage =
        new DiskStorage(
                name, "zfspool", Map.of("pool", name, "content", "rootdir,images"), List.of("pool"))
            .ifAsked(call);
    if (names(call).contains(name)) {
      throw Refusal.die("pool '%s' already exists on node '%s'".formatted(name, call.node()));
    }
    checkCount(level, devices.size(), draid);
    return OnDisks.fork(
        call,
        "zfscreate",
        name,
        task -> {
          make(call, task, devices);
          storage.ifPresent(it -> it.add(call, task, bytes(level, devices.size())));
        });
  }

  private static void checkCount(String level, int count, @Nullable String draid) {
    if (level.equals("raid10") && count % 2 != 0) {
      throw Refusal.die("raid10 needs an even number of disks");
    }
    if (level.equals("single") && count > 1) {
      throw Refusal.die("please give only one disk for single disk mode");
    }
    int least = LEAST.getOrDefault(level, 1);
    if (count < least) {
      throw Refusal.die(level + " needs at least " + least + " disks");
    }
    if (level.startsWith("draid")) {
      int needed = least - 2;
      if (draid != null) {
        var options = DRAID_FORMAT.parse(draid);
        needed += Integer.parseInt(options.get("data").orElse("0"));
        needed += Integer.parseInt(options.get("spares").orElse("0"));
      }
      if (count < needed) {
        throw Refusal.die("At least " + needed + " disks needed for current dRAID config");
      }
    }
  }

  private static void make(Call call, TaskRun task, List<Device> devices) {
    var params = call.params();
    var name = OnDisks.name(call);
    var level = params.text("raidlevel");
    devices.forEach(OnDisks.of(call)::checkUnused);
    var paths = devices.stream().map(Device::path).toList();
    var vdevs =
        switch (level) {
          case "single" -> paths.getFirst();
          case "raid10" ->
              Stream.iterate(0, at -> at + 1 < paths.size(), at -> at + 2)
                  .map(at -> "mirror " + paths.get(at) + " " + paths.get(at + 1))
                  .collect(Collectors.joining(" "));
          default -> level + " " + String.join(" ", paths);
        };
    task.log(
        "# /sbin/zpool create -o ashift=%s %s %s"
            .formatted(params.text("ashift", "12"), name, vdevs));
    task.log("# /sbin/zfs set compression=%s %s".formatted(params.text("compression", "on"), name));
    task.log("# systemctl enable zfs-import@" + name + ".service");
    task.work();
    devices.forEach(device -> OnDisks.of(call).use(device.name(), Kind.ZFS, name, level));
  }

  private static Object delete(Call call) {
    var name = OnDisks.name(call);
    boolean isCleaned = DiskStorage.isAsked(call, DiskStorage.CLEAN);
    return OnDisks.fork(
        call,
        "zfsremove",
        name,
        task -> {
          if (!names(call).contains(name)) {
            throw Refusal.die("command 'zpool destroy " + name + "' failed: exit code 1");
          }
          var disks = disks(call, name);
          if (isCleaned) {
            DiskStorage.clean(call, config -> isOf(config.type(), config.property("pool"), name));
          }
          if (call.params().flag("cleanup-disks")) {
            OnDisks.clean(call, task, disks);
          } else {
            disks.forEach(disk -> OnDisks.of(call).use(disk, Kind.LEFT, name, "zfs_member"));
          }
        });
  }
}
