package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What Proxmox does with volumes of guests, and what its tools print while they do it. */
public final class Disks {
  private static final long EXTENT_BYTES = 4L << 20;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

  private final World world;
  private final String node;
  private final Consumer<String> log;

  public Disks(World world, String node, Consumer<String> log) {
    this.world = world;
    this.node = node;
    this.log = log;
  }

  public Storage storage(String id) {
    return world.storages().at(node, id);
  }

  public Optional<Volume> find(VolumeId id) {
    return world.storages().exists(id.storage())
        ? storage(id.storage()).find(id.volname())
        : Optional.empty();
  }

  /** The volume; dies as Proxmox does when there is none. */
  public Volume get(VolumeId id) {
    return storage(id.storage()).get(id.volname());
  }

  /** What a new disk is where nobody says: {@code raw} everywhere that is simulated. */
  public static String defaultFormat() {
    return "raw";
  }

  /** A format that the storage can hold: the wanted one, or its default. */
  public static String formatFor(Storage storage, @Nullable String wanted) {
    return storage.config().isFiles() && wanted != null ? wanted : defaultFormat();
  }

  /**
   * Makes an empty volume for a VM.
   *
   * @param name its own name; the first free one when {@code null}
   */
  public VolumeId allocate(
      String storageId, int vmid, String format, @Nullable String name, long bytes) {
    var storage = storage(storageId);
    if (!storage.config().isFiles() && !format.equals("raw")) {
      throw Refusal.die(
          "unsupported format '"
              + format
              + "' at /usr/share/perl5/PVE/Storage/LvmThinPlugin.pm line 89.");
    }
    var size = storage.config().isFiles() ? bytes : roundUp(bytes);
    return locked(
        storage,
        () -> {
          var volname = storage.allocate(vmid, format, name, size, world.now());
          log.accept(made(storage, volname, format, size));
          return new VolumeId(storageId, volname);
        });
  }

  /** Makes a volume while nobody else does so on the storage, which takes as long as it takes. */
  private <T> T locked(Storage storage, Supplier<T> work) {
    var id = storage.id();
    var file = "/var/lock/pve-manager/pve-storage-" + id;
    try {
      return world
          .locks()
          .hold(
              file,
              LOCK_PATIENCE,
              log,
              () -> {
                var pace = world.storages().pace(id);
                if (pace.isPositive()) {
                  world.lock().pause(pace);
                }
                return work.get();
              });
    } catch (Refusal e) {
      // Where nodes share a storage, the lock is the cluster's.
      throw storage.config().isShared() && e.text().startsWith("can't lock file '" + file)
          ? Refusal.die("cfs-lock 'storage-" + id + "' error: got lock request timeout")
          : e;
    }
  }

  private static String made(Storage storage, String volname, String format, long bytes) {
    if (!storage.config().isFiles()) {
      return "  Logical volume \"" + volname + "\" created.";
    }
    var options =
        switch (format) {
          case "qcow2" ->
              "cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib"
                  + " size="
                  + bytes
                  + " lazy_refcounts=off refcount_bits=16";
          case "vmdk" -> "size=" + bytes + " compat6=off hwversion=undefined";
          default -> "size=" + bytes + " preallocation=off";
        };
    return "Formatting '" + storage.path(volname) + "', fmt=" + format + " " + options;
  }

  public static long roundUp(long bytes) {
    return (bytes + EXTENT_BYTES - 1) / EXTENT_BYTES * EXTENT_BYTES;
  }

  /** The disks on the node's storages that bear a guest's id, whether it names them or not. */
  public List<VolumeId> ofGuest(int vmid) {
    return world.storages().on(node).stream()
        .filter(storage -> storage.config().isEnabled())
        .flatMap(
            storage ->
                storage.volumes().stream()
                    .filter(volume -> volume.content().equals("images"))
                    .filter(volume -> Objects.equals(volume.vmid(), vmid))
                    .map(volume -> new VolumeId(storage.id(), volume.name())))
        .toList();
  }

  /** Removes a volume; one that is gone already is no failure, as in Proxmox. */
  public void free(VolumeId id) {
    if (!world.storages().exists(id.storage())) {
      throw Refusal.die("storage '" + id.storage() + "' does not exist");
    }
    var storage = storage(id.storage());
    var volume = storage.find(id.volname());
    if (storage.free(id.volname()) && !storage.config().isFiles()) {
      log.accept("  Logical volume \"" + id.volname() + "\" successfully removed.");
      volume
          .map(Volume::snapshots)
          .orElseThrow()
          .forEach(snapshot -> logSnapshotRemoved(id.volname(), snapshot));
    }
  }

  /** Copies what is on a volume; the numbers are qemu-img's. */
  public void copied(long bytes) {
    log.accept("transferred 0.0 B of " + human(bytes) + " (0.00%)");
    log.accept("transferred " + human(bytes) + " of " + human(bytes) + " (100.00%)");
  }

  /** Copies what is on the drive of a VM that runs. */
  public void mirrored(String key, long bytes) {
    var drive = "drive-" + key;
    log.accept("drive mirror is starting for " + drive);
    log.accept(drive + ": transferred 0.0 B of " + human(bytes) + " (0.00%) in 0s");
    log.accept(
        drive
            + ": transferred "
            + human(bytes)
            + " of "
            + human(bytes)
            + " (100.00%) in 1s, ready");
    log.accept("all 'mirror' jobs are ready");
  }

  /** Ends what {@link #mirrored} began, by making the copy the drive. */
  public void mirrorCompleted(String key) {
    var drive = "drive-" + key;
    log.accept(drive + ": Completing block job...");
    log.accept(drive + ": Completed successfully.");
    log.accept(drive + ": mirror-job finished");
  }

  public static String human(long bytes) {
    var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = bytes;
    var unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** Turns a disk into a base for linked clones. */
  public VolumeId makeBase(VolumeId id) {
    var storage = storage(id.storage());
    var base = storage.makeBase(id.volname());
    if (!storage.config().isFiles() && !base.equals(id.volname())) {
      log.accept(
          "  Renamed \""
              + id.volname()
              + "\" to \""
              + base
              + "\" in volume group \""
              + group(storage)
              + "\"");
    }
    return new VolumeId(id.storage(), base);
  }

  /** Makes a linked clone of a base for another VM. */
  public VolumeId link(VolumeId base, int vmid) {
    return locked(storage(base.storage()), () -> linked(base, vmid));
  }

  private VolumeId linked(VolumeId base, int vmid) {
    var storage = storage(base.storage());
    var volname = storage.linkedClone(base.volname(), vmid, world.now());
    if (!storage.config().isFiles()) {
      log.accept("  Logical volume \"" + volname + "\" created.");
      return new VolumeId(base.storage(), volname);
    }
    var file = storage.parse(volname).file();
    var parent = "../" + base.volname().replaceFirst(".*?(\\d+/[^/]+)$", "$1");
    log.accept(
        "clone "
            + base.volname()
            + ": images, "
            + file
            + ", "
            + vmid
            + " to "
            + file
            + " (base="
            + parent
            + ")");
    log.accept(
        "Formatting '"
            + storage.path(volname)
            + "', fmt=qcow2 cluster_size=65536 extended_l2=off compression_type=zlib size="
            + storage.get(volname).virtualBytes()
            + " backing_file="
            + parent
            + " backing_fmt="
            + storage.parse(base.volname()).format()
            + " lazy_refcounts=off refcount_bits=16");
    return new VolumeId(base.storage(), volname);
  }

  /**
   * Gives a disk another size.
   *
   * @return the size it then has; logical volumes grow by whole extents
   */
  public long resize(VolumeId id, long bytes, boolean isRunning) {
    var storage = storage(id.storage());
    var old = storage.get(id.volname());
    if (storage.config().isFiles()) {
      checkWritable(storage, id.volname(), old.format(), bytes);
      storage.put(old.sized(bytes));
      if (!isRunning) {
        log.accept("Image resized.");
      }
      return bytes;
    }
    var size = roundUp(bytes);
    storage.put(old.sized(size));
    var lv = group(storage) + "/" + id.volname();
    log.accept(
        "  Size of logical volume "
            + lv
            + " changed from "
            + extents(old.virtualBytes())
            + " to "
            + extents(size)
            + ".");
    log.accept("  Logical volume " + lv + " successfully resized.");
    return size;
  }

  /** Base images are immutable files. */
  private void checkWritable(Storage storage, String volname, String format, long bytes) {
    if (!storage.parse(volname).isBase()) {
      return;
    }
    var path = storage.path(volname);
    log.accept(
        "qemu-img: Could not open '"
            + path
            + "': Could not open '"
            + path
            + "': Operation not permitted");
    throw Refusal.die(
        "command '/usr/bin/qemu-img resize -f "
            + format
            + " "
            + path
            + " "
            + bytes
            + "' failed: exit code 1");
  }

  private static String extents(long bytes) {
    var size =
        bytes >= 1L << 30
            ? String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30))
            : String.format(Locale.ROOT, "%.2f MiB", bytes / (double) (1L << 20));
    return size + " (" + bytes / EXTENT_BYTES + " extents)";
  }

  public void snapshot(VolumeId id, String name) {
    var storage = storage(id.storage());
    var volume = storage.get(id.volname());
    storage.put(volume.with(plus(volume, name)));
    if (!storage.config().isFiles()) {
      log.accept("  Logical volume \"snap_" + id.volname() + "_" + name + "\" created.");
    }
  }

  private static Set<String> plus(Volume volume, String snapshot) {
    var names = new HashSet<>(volume.snapshots());
    names.add(snapshot);
    return names;
  }

  public void deleteSnapshot(VolumeId id, String name) {
    var storage = storage(id.storage());
    storage
        .find(id.volname())
        .ifPresent(
            volume -> {
              var names = new HashSet<>(volume.snapshots());
              names.remove(name);
              storage.put(volume.with(names));
              if (!storage.config().isFiles()) {
                logSnapshotRemoved(id.volname(), name);
              }
            });
  }

  private void logSnapshotRemoved(String volname, String snapshot) {
    log.accept("  Logical volume \"snap_" + volname + "_" + snapshot + "\" successfully removed.");
  }

  /**
   * Whether a storage can do something with a volume, such as {@code clone} or {@code snapshot}.
   */
  public boolean can(String feature, VolumeId id, boolean ofSnapshot) {
    var storage = storage(id.storage());
    var name = storage.parse(id.volname());
    var type = storage.config().type();
    if (storage.config().isFiles()) {
      return switch (feature) {
        case "snapshot" -> !name.isBase() && name.format().equals("qcow2") && !ofSnapshot;
        case "clone" -> name.isBase() && !ofSnapshot;
        case "template" -> !name.isBase() && !ofSnapshot;
        default -> !ofSnapshot || name.format().equals("qcow2");
      };
    }
    var isThin = !type.equals("lvm");
    return switch (feature) {
      case "snapshot" -> isThin && !name.isBase() && !ofSnapshot;
      case "clone" -> isThin && (name.isBase() || ofSnapshot);
      case "template" -> isThin && !name.isBase() && !ofSnapshot;
      default -> isThin || !ofSnapshot;
    };
  }

  private static String group(Storage storage) {
    Map<String, String> properties = storage.config().properties();
    return properties.getOrDefault("vgname", "pve");
  }
}
