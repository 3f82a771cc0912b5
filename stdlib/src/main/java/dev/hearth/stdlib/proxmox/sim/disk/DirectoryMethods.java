package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Kind;
import java.util.List;
import java.util.Map;

/** {@code /nodes/{node}/disks/directory}: disks with a file system on them that is mounted. */
final class DirectoryMethods {
  private static final String PATH = "/directory";

  private DirectoryMethods() {}

  static List<ApiMethod> all() {
    return List.of(
        OnDisks.method("GET", PATH, "index", OnDisks.AUDIT).answers(DirectoryMethods::list),
        OnDisks.create(PATH)
            .param("device", Param.of(string()))
            .param("filesystem", Param.optional(oneOf("ext4", "xfs").orElse("ext4")))
            .answers(DirectoryMethods::create),
        OnDisks.delete(PATH).answers(DirectoryMethods::delete));
  }

  private static String mount(String name) {
    return "/mnt/pve/" + name;
  }

  private static String unit(String name) {
    return "/etc/systemd/system/mnt-pve-" + name.replace("-", "\\x2d") + ".mount";
  }

  private static String uuid(Call call, String disk) {
    var digits = Digests.sha1(call.world().node(call.node()).fingerprint() + disk);
    return digits
        .substring(0, 32)
        .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private static Object list(Call call) {
    var disks = OnDisks.of(call);
    return disks.names(Kind.MOUNT).stream()
        .map(
            name -> {
              var disk = disks.of(name, Kind.MOUNT).getFirst();
              return Item.of("unitfile", unit(name))
                  .with("path", mount(name))
                  .with("device", "/dev/disk/by-uuid/" + uuid(call, disk))
                  .with("type", disks.use(disk).orElseThrow().detail())
                  .with("options", "defaults");
            })
        .toList();
  }

  private static Object create(Call call) {
    var name = OnDisks.name(call);
    var disks = OnDisks.of(call);
    var device = disks.unused(call.params().text("device"));
    var storage =
        new DiskStorage(
                name,
                "dir",
                Map.of(
                    "path", mount(name),
                    "content", "rootdir,images,iso,backup,vztmpl,snippets",
                    "is_mountpoint", "1"),
                List.of("path"))
            .ifAsked(call);
    if (!disks.of(name, Kind.MOUNT).isEmpty()) {
      var mounted = disks.of(name, Kind.MOUNT).getFirst();
      throw Refusal.die(
          "the path for '%s' is already mounted: %s (/dev/%s1)"
              .formatted(name, mount(name), mounted));
    }
    var filesystem = call.params().text("filesystem", "ext4");
    return OnDisks.fork(
        call,
        "dircreate",
        name,
        task -> {
          disks.checkUnused(device);
          task.log("# /sbin/sgdisk -n1 -t1:8300 " + device.path());
          task.log("The operation has completed successfully.");
          task.log("# /sbin/mkfs -t " + filesystem + " " + device.path() + "1");
          task.work();
          task.log("# /sbin/blkid " + device.path() + "1 -o export");
          disks.use(device.name(), Kind.MOUNT, name, filesystem);
          storage.ifPresent(it -> it.add(call, task, device.bytes()));
        });
  }

  private static Object delete(Call call) {
    var name = OnDisks.name(call);
    boolean isCleaned = DiskStorage.isAsked(call, DiskStorage.CLEAN);
    return OnDisks.fork(
        call,
        "dirremove",
        name,
        task -> {
          var disks = OnDisks.of(call).of(name, Kind.MOUNT);
          if (disks.isEmpty()) {
            var unit = unit(name).replaceFirst(".*/", "");
            throw Refusal.die("command 'systemctl stop " + unit + "' failed: exit code 5");
          }
          if (isCleaned) {
            DiskStorage.clean(
                call, config -> config.type().equals("dir") && config.path().equals(mount(name)));
          }
          if (call.params().flag("cleanup-disks")) {
            OnDisks.clean(call, task, disks);
          } else {
            // the file system is still there; only nothing mounts it any more
            for (var disk : disks) {
              var filesystem = OnDisks.of(call).use(disk).orElseThrow().detail();
              OnDisks.of(call).use(disk, Kind.LEFT, name, filesystem);
            }
          }
        });
  }
}
