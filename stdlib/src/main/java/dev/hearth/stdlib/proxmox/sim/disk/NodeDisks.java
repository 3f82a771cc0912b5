package dev.hearth.stdlib.proxmox.sim.disk;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The disks that are built into a node: {@code sda}, which the system is installed on, and {@code
 * sdb} to {@code sde}, which are empty until somebody makes something on them.
 */
public final class NodeDisks {
  static final long GIB = 1L << 30;
  static final long SYSTEM_BYTES = 128 * GIB;
  static final long DISK_BYTES = 100 * GIB;
  static final String SYSTEM_GROUP = "pve";
  static final String SYSTEM_POOL = "data";
  private static final List<String> EMPTY = List.of("sdb", "sdc", "sdd", "sde");
  private static final long MIB = 1L << 20;
  private static final Set<Kind> ON_WHOLE_DISKS = Set.of(Kind.GROUP, Kind.THIN, Kind.LABEL);

  private final Map<String, String> kept;

  NodeDisks(World world, String node) {
    world.node(node);
    this.kept = world.nodeFacts(node, "disks");
  }

  /** Whether a node has a ZFS pool of this name. */
  public static boolean hasPool(World world, String node, String pool) {
    return !new NodeDisks(world, node).of(pool, Kind.ZFS).isEmpty();
  }

  /** What a disk is for. */
  enum Kind {
    /** Nothing, but it has a partition table. */
    TABLE,
    /** It belongs to a volume group. */
    GROUP,
    /** It belongs to a volume group with a thin pool of the same name in it. */
    THIN,
    /** It belongs to a ZFS pool. */
    ZFS,
    /** A file system is mounted from it. */
    MOUNT,
    /** A file system is on it that nothing mounts any more. */
    LEFT,
    /** It is labelled for a volume group, and belongs to none. */
    LABEL
  }

  /**
   * What a disk is used for.
   *
   * @param name of the group, the pool or the mounted folder
   * @param detail the RAID level, or the file system
   */
  record Use(Kind kind, String name, String detail) {
    private static Use read(String text) {
      var parts = text.split(" ", -1);
      return new Use(Kind.valueOf(parts[0]), parts[1], parts[2]);
    }

    private String text() {
      return kind + " " + name + " " + detail;
    }
  }

  /**
   * A disk or a partition.
   *
   * @param used in Proxmox's words; absent when it is not
   * @param parent the disk of a partition
   */
  record Device(
      String name, long bytes, @Nullable String used, boolean isMounted, @Nullable String parent) {
    String path() {
      return "/dev/" + name;
    }
  }

  /** The disks and their partitions by name. */
  Map<String, Device> all() {
    var devices = new TreeMap<String, Device>();
    put(devices, new Device("sda", SYSTEM_BYTES, null, false, null));
    put(devices, new Device("sda1", MIB - 17 * 1024, "BIOS boot", false, "sda"));
    put(devices, new Device("sda2", GIB, "EFI", true, "sda"));
    put(devices, new Device("sda3", SYSTEM_BYTES - GIB - 2 * MIB, "LVM", false, "sda"));
    for (var name : EMPTY) {
      var use = use(name);
      var kind = use.map(Use::kind).orElse(null);
      boolean isGroup = kind != null && ON_WHOLE_DISKS.contains(kind);
      put(devices, new Device(name, DISK_BYTES, isGroup ? "LVM" : null, false, null));
      if (kind == Kind.ZFS) {
        put(devices, new Device(name + "1", DISK_BYTES - 10 * MIB, "ZFS", false, name));
        put(devices, new Device(name + "9", 8 * MIB, "ZFS reserved", false, name));
      } else if (kind == Kind.MOUNT || kind == Kind.LEFT) {
        var filesystem = use.orElseThrow().detail();
        boolean isMounted = kind == Kind.MOUNT;
        put(devices, new Device(name + "1", DISK_BYTES - 2 * MIB, filesystem, isMounted, name));
      }
    }
    return devices;
  }

  private static void put(Map<String, Device> devices, Device device) {
    devices.put(device.name(), device);
  }

  List<Device> partitions(String disk) {
    return all().values().stream().filter(device -> disk.equals(device.parent())).toList();
  }

  boolean hasTable(String disk) {
    return disk.equals("sda")
        || use(disk).filter(use -> !ON_WHOLE_DISKS.contains(use.kind())).isPresent();
  }

  Optional<Use> use(String disk) {
    return Optional.ofNullable(kept.get(disk)).map(Use::read);
  }

  void use(String disk, Kind kind, String name, String detail) {
    kept.put(disk, new Use(kind, name, detail).text());
  }

  void wipe(String disk) {
    kept.remove(disk);
  }

  /** The disks that are used so. */
  List<String> of(String name, Kind... kinds) {
    return EMPTY.stream()
        .filter(
            disk ->
                use(disk)
                    .filter(use -> use.name().equals(name) && List.of(kinds).contains(use.kind()))
                    .isPresent())
        .toList();
  }

  /** The names of what is there of some kinds, each once. */
  List<String> names(Kind... kinds) {
    return EMPTY.stream()
        .map(this::use)
        .flatMap(Optional::stream)
        .filter(use -> List.of(kinds).contains(use.kind()))
        .map(Use::name)
        .distinct()
        .sorted()
        .toList();
  }

  /** A device by what a caller calls it; dies as Proxmox does when it is none. */
  Device named(String path) {
    if (!path.startsWith("/")) {
      throw Refusal.die("got unusual device path '/" + path + "'");
    }
    var clean = path.replaceAll("/+", "/").replaceFirst("(?<=.)/$", "");
    if (!clean.startsWith("/dev/")) {
      throw Refusal.die(
          clean.indexOf('/', 1) < 0
              ? "got unusual device path '" + clean + "'"
              : "failed to get absolute path to " + path);
    }
    var name = clean.substring("/dev/".length());
    if (name.contains("/")) {
      throw Refusal.die("failed to get absolute path to " + path);
    }
    var device = all().get(name);
    if (device == null) {
      throw Refusal.die("not a valid block device");
    }
    return device;
  }

  /** The same, and nothing is on it yet. */
  Device unused(String path) {
    var device = named(path);
    checkUnused(device);
    return device;
  }

  void checkUnused(Device device) {
    if (isUsed(device)) {
      throw Refusal.die("device '" + device.path() + "' is already in use");
    }
  }

  boolean isUsed(Device device) {
    return device.used() != null || !partitions(device.name()).isEmpty();
  }

  /** What of a disk is mounted, if anything. */
  Optional<String> mounted(Device device) {
    return parts(device).stream().filter(Device::isMounted).map(Device::path).findFirst();
  }

  /** What of a disk is held by logical volumes, if anything. */
  Optional<String> held(Device device) {
    return parts(device).stream()
        .filter(
            part ->
                part.name().equals("sda3")
                    || use(part.name()).filter(use -> use.kind() == Kind.THIN).isPresent())
        .map(Device::path)
        .findFirst();
  }

  private List<Device> parts(Device device) {
    var parts = new ArrayList<>(List.of(device));
    parts.addAll(partitions(device.name()));
    return parts;
  }
}
