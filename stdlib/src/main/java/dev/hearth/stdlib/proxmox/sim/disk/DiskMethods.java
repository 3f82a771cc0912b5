package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Device;
import dev.hearth.stdlib.proxmox.sim.disk.NodeDisks.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code /nodes/{node}/disks}: what is built in, and what can be made of it. */
public final class DiskMethods {
  private static final Param DISK = Param.of(matching("^/dev/[a-zA-Z0-9\\/]+$"));
  private static final String SMART =
      """

      Current Drive Temperature:     0 C
      Drive Trip Temperature:        0 C

      """;
  private static final Set<String> FOR_JOURNALS = Set.of("LVM", "partitions");

  private DiskMethods() {}

  /** All methods below this path. */
  public static List<ApiMethod> all() {
    var flag = Param.optional(bool().orElse("0"));
    var either = Check.or(OnDisks.AUDIT, Check.perm("/nodes/{node}", "Sys.Audit"));
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        OnDisks.method("GET", "", "index", Check.anyUser())
            .answers(
                _ ->
                    Directories.named(
                        "list",
                        "initgpt",
                        "smart",
                        "lvm",
                        "lvmthin",
                        "directory",
                        "wipedisk",
                        "zfs")));
    methods.add(
        OnDisks.method("GET", "/list", "list", either)
            .param("include-partitions", flag)
            .param("skipsmart", flag)
            .param("type", Param.optional(oneOf("unused", "journal_disks")))
            .answers(DiskMethods::list));
    methods.add(
        OnDisks.method("GET", "/smart", "smart", OnDisks.AUDIT)
            .param("disk", DISK)
            .param("healthonly", Param.optional(bool()))
            .answers(DiskMethods::smart));
    methods.add(
        OnDisks.method("POST", "/initgpt", "initgpt", OnDisks.MODIFY)
            .param("disk", DISK)
            .param("uuid", Param.optional(matching("[a-fA-F0-9\\-]+").maxLength(36)))
            .task()
            .answers(DiskMethods::initialise));
    methods.add(
        OnDisks.method("PUT", "/wipedisk", "wipe_disk", Check.rootOnly())
            .param("disk", DISK)
            .task()
            .answers(DiskMethods::wipe));
    methods.addAll(DirectoryMethods.all());
    methods.addAll(VolumeGroupMethods.all());
    methods.addAll(ThinPoolMethods.all());
    methods.addAll(ZfsMethods.all());
    return methods;
  }

  private static Object list(Call call) {
    var disks = OnDisks.of(call);
    boolean withParts = call.params().flag("include-partitions");
    var type = call.params().text("type", "");
    var items = new ArrayList<Item>();
    for (var device : disks.all().values()) {
      boolean isPart = device.parent() != null;
      if (isPart && !withParts) {
        continue;
      }
      var item = isPart ? partition(disks, device) : disk(call, disks, device);
      var used = item.get("used");
      boolean isWanted =
          switch (type) {
            case "unused" -> used == null;
            case "journal_disks" -> used == null || FOR_JOURNALS.contains(used.toString());
            default -> true;
          };
      if (isWanted) {
        items.add(item);
      }
    }
    return items;
  }

  private static Item disk(Call call, NodeDisks disks, Device disk) {
    var parts = disks.partitions(disk.name());
    var used = disk.used();
    if (call.params().flag("include-partitions") && !parts.isEmpty()) {
      used = "partitions";
    } else if (used == null && !parts.isEmpty()) {
      used = parts.getFirst().used();
    }
    var serial = "drive-scsi" + (disk.name().charAt(2) - 'a');
    return Item.of("devpath", disk.path())
        .with("vendor", "QEMU")
        .with("model", "QEMU_HARDDISK")
        .with("serial", serial)
        .with("wwn", "unknown")
        .with("size", disk.bytes())
        .with("gpt", disks.hasTable(disk.name()) ? 1 : 0)
        .with("rpm", 0)
        .with("type", "ssd")
        .with("health", call.params().flag("skipsmart") ? "UNKNOWN" : "OK")
        .with("wearout", "N/A")
        .with("by_id_link", "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_" + serial)
        .withKnown("used", used)
        .with("osdid", -1)
        .with("osdid-list", null);
  }

  private static Item partition(NodeDisks disks, Device part) {
    var item =
        Item.of("devpath", part.path())
            .with("parent", "/dev/" + part.parent())
            .with("gpt", disks.hasTable(String.valueOf(part.parent())) ? 1 : 0)
            .with("type", "partition")
            .with("size", part.bytes())
            .with("used", part.used())
            .with("osdid", -1)
            .with("osdid-list", null);
    return part.isMounted() ? item.with("mounted", 1) : item;
  }

  private static Object smart(Call call) {
    OnDisks.of(call).named(call.params().text("disk"));
    var item = Item.of("health", "OK");
    return call.params().flag("healthonly")
        ? item
        : item.with("type", "text").with("text", "SMART Health Status: OK\n" + SMART);
  }

  private static Object initialise(Call call) {
    var disk = OnDisks.of(call).named(call.params().text("disk"));
    if (disk.parent() != null) {
      throw Refusal.die(disk.path() + " is a partition");
    }
    if (OnDisks.of(call).isUsed(disk)) {
      throw Refusal.die("disk " + disk.path() + " already in use");
    }
    return call.fork(
        "diskinit",
        disk.name(),
        task -> {
          if (OnDisks.of(call).isUsed(disk)) {
            throw Refusal.die("disk " + disk.path() + " is already in use");
          }
          OnDisks.of(call).use(disk.name(), Kind.TABLE, "-", "-");
          task.log("The operation has completed successfully.");
        });
  }

  private static Object wipe(Call call) {
    var disks = OnDisks.of(call);
    var device = disks.named(call.params().text("disk"));
    disks
        .mounted(device)
        .ifPresent(
            path -> {
              throw Refusal.die("disk/partition '" + path + "' is mounted");
            });
    disks
        .held(device)
        .ifPresent(
            path -> {
              throw Refusal.die("disk/partition '" + path + "' has a holder");
            });
    return call.fork(
        "wipedisk",
        device.name(),
        task -> {
          var disk = device.parent() == null ? device.name() : device.parent();
          boolean isBusy = disks.use(disk).filter(use -> use.kind() == Kind.ZFS).isPresent();
          if (isBusy) {
            task.log("wiping block device " + device.path());
            throw Refusal.die(
                "error wiping '%s': wipefs: error: %s: probing initialization failed: Device or resource busy"
                    .formatted(device.path(), "/dev/" + disk + "1"));
          }
          OnDisks.clean(call, task, List.of(disk));
        });
  }
}
