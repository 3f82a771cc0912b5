package dev.hearth.stdlib.proxmox.sim.storage;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One storage as one node sees it: its configuration and its volumes. Guarded by the world's lock.
 *
 * <p>Volumes are named without the {@code STORAGE:} in front of them. What goes wrong is refused
 * with Proxmox's own text.
 */
public final class Storage {
  private static final int MAX_DISKS_PER_GUEST = 1024;

  private final StorageConfig config;
  private final Space space;
  private final NavigableMap<String, Volume> volumes;

  Storage(StorageConfig config, Space space, NavigableMap<String, Volume> volumes) {
    this.config = config;
    this.space = space;
    this.volumes = volumes;
  }

  public String id() {
    return config.id();
  }

  public StorageConfig config() {
    return config;
  }

  /** The volumes by name, in its order. */
  public Collection<Volume> volumes() {
    return volumes.values();
  }

  public Optional<Volume> find(String volname) {
    return Optional.ofNullable(volumes.get(volname));
  }

  /** The volume; dies as Proxmox does when there is none. */
  public Volume get(String volname) {
    return find(volname)
        .orElseThrow(() -> Refusal.die("volume '" + id() + ":" + volname + "' does not exist"));
  }

  /** What a name says; dies when this storage has no such names. */
  public VolumeName parse(String volname) {
    return config.isFiles() ? VolumeName.ofFile(volname) : VolumeName.ofLogicalVolume(volname);
  }

  /** Where the node finds a volume. */
  public String path(String volname) {
    var name = parse(volname);
    if (!config.isFiles()) {
      return "/dev/" + config.properties().getOrDefault("vgname", "pve") + "/" + name.file();
    }
    var folder =
        switch (name.content()) {
          case "images" -> "images/" + name.vmid();
          case "iso" -> "template/iso";
          case "vztmpl" -> "template/cache";
          case "backup" -> "dump";
          default -> name.content();
        };
    return config.path() + "/" + folder + "/" + name.file();
  }

  /** Adds a volume, or replaces the one of its name. */
  public void put(Volume volume) {
    volumes.put(volume.name(), volume);
  }

  /** The first free name for a guest's disk, such as {@code vm-100-disk-1.qcow2}. */
  public String freeDiskName(int vmid, String format) {
    var taken =
        Pattern.compile("(?:.*/)?(?:vm|base|subvol|basevol)-" + vmid + "-disk-(\\d+)(?:\\..*)?");
    var ids =
        volumes.keySet().stream()
            .map(taken::matcher)
            .filter(Matcher::matches)
            .map(m -> Integer.valueOf(m.group(1)))
            .toList();
    for (int i = 0; i < MAX_DISKS_PER_GUEST; i++) {
      if (!ids.contains(i)) {
        var prefix = format.equals("subvol") ? "subvol" : "vm";
        return prefix + "-" + vmid + "-disk-" + i + (config.isFiles() ? "." + format : "");
      }
    }
    throw Refusal.die(
        "unable to allocate an image name for VM " + vmid + " in storage '" + id() + "'");
  }

  /**
   * Makes an empty disk.
   *
   * @param file its own name; the first free one when {@code null}
   * @return the new volume's name
   */
  public String allocate(int vmid, String format, @Nullable String file, long bytes, long ctime) {
    var name = file == null ? freeDiskName(vmid, format) : file;
    if (config.isFiles()) {
      var found = VolumeName.image(name).format();
      if (!found.equals(format)) {
        throw Refusal.die(
            "illegal name '"
                + name
                + "' - wrong extension for format ('"
                + found
                + " != '"
                + format
                + "')");
      }
      var volname = vmid + "/" + name;
      if (fileExists(vmid, name)) {
        throw Refusal.die("disk image '" + path(volname) + "' already exists");
      }
      put(Volume.disk(volname, format, vmid, bytes, ctime));
      return volname;
    }
    if (!format.equals("raw")) {
      throw Refusal.die("unsupported format '" + format + "'");
    }
    if (!name.startsWith("vm-" + vmid + "-")) {
      throw Refusal.die("illegal name '" + name + "' - should be 'vm-" + vmid + "-*'");
    }
    if (volumes.containsKey(name)) {
      throw Refusal.die(
          "lvcreate '"
              + config.properties().getOrDefault("vgname", "pve")
              + "/"
              + name
              + "' error:   Logical Volume \""
              + name
              + "\" already exists in volume group \""
              + config.properties().getOrDefault("vgname", "pve")
              + "\"");
    }
    put(Volume.disk(name, format, vmid, bytes, ctime));
    return name;
  }

  /**
   * Removes a volume.
   *
   * @return whether there was one; that there was none is no failure
   */
  public boolean free(String volname) {
    var name = parse(volname);
    if (name.isBase() && hasLinkedClones(volname)) {
      throw Refusal.die(
          "base volume '" + id() + ":" + volname + "' is still in use by linked cloned");
    }
    return volumes.remove(volname) != null;
  }

  /** Whether linked clones hang on a base volume; storages of logical volumes cannot tell. */
  public boolean hasLinkedClones(String volname) {
    return config.isFiles()
        && volumes.values().stream().anyMatch(volume -> volname.equals(volume.parent()));
  }

  /** Turns a disk into a base that others can be linked to; its name changes. */
  public String makeBase(String volname) {
    var old = get(volname);
    var name = parse(volname);
    if (name.isBase()) {
      return volname;
    }
    var file = name.file().replaceFirst("^vm-", "base-");
    var parent = name.base();
    var renamed = config.isFiles() ? name.vmid() + "/" + file : file;
    var full = parent == null ? renamed : parent + "/" + renamed;
    volumes.remove(volname);
    put(old.named(full, old.vmid(), old.parent()));
    return full;
  }

  /** Makes a linked clone of a base volume for another guest. */
  public String linkedClone(String volname, int vmid, long ctime) {
    var source = get(volname);
    var name = parse(volname);
    if (!name.isBase()) {
      throw Refusal.die(
          config.isFiles()
              ? "clone_image only works on base images"
              : "clone_image on wrong vtype '" + name.content() + "'");
    }
    var format = config.isFiles() ? "qcow2" : "raw";
    var file = freeDiskName(vmid, format);
    var own = config.isFiles() ? name.vmid() + "/" + name.file() + "/" + vmid + "/" + file : file;
    var clone = Volume.disk(own, format, vmid, source.virtualBytes(), ctime);
    put(clone.named(own, vmid, volname));
    return own;
  }

  /** What there is and what is taken, in bytes. */
  public long totalBytes() {
    return space.totalBytes();
  }

  /** What is taken: by others on the same disks, and by the volumes. */
  public long usedBytes() {
    long ours = volumes.values().stream().mapToLong(Volume::usedBytes).sum();
    return Math.min(space.totalBytes(), space.otherBytes() + ours);
  }

  public long availableBytes() {
    return space.totalBytes() - usedBytes();
  }

  private boolean fileExists(int vmid, String file) {
    var suffix = vmid + "/" + file;
    return volumes.keySet().stream().anyMatch(v -> v.equals(suffix) || v.endsWith("/" + suffix));
  }

  /**
   * How much fits.
   *
   * @param otherBytes what is taken by things that are no volumes
   */
  public record Space(long totalBytes, long otherBytes) {}
}
