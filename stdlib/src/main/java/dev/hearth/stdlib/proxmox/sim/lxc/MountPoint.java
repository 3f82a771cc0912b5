package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DiskSize;
import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file system of a container.
 *
 * @param key {@code rootfs} or {@code mp0} …
 * @param options what is said of it
 */
record MountPoint(String key, PropertyString options) {
  static final String ROOT = "rootfs";

  /** The keys of all that a container can mount, the root first. */
  static final List<String> KEYS = allKeys();

  private static final Pattern NEW_DISK = Pattern.compile("([^/:\\s]+):(\\d+(?:\\.\\d+)?)");

  /** A volume that should be made. */
  record NewDisk(String storage, long bytes) {}

  static MountPoint parse(String key, String value) {
    return new MountPoint(key, LxcFormats.mount(key, value));
  }

  /** A mount point of a container; dies as Proxmox does, which reads what is not there. */
  static MountPoint of(Container ct, String key) {
    var value = ct.get(key);
    if (value == null) {
      throw Refusal.format(
          Map.of(
              "mp", "property is missing and it is not optional",
              "volume", "property is missing and it is not optional"));
    }
    return parse(key, value);
  }

  static boolean isKey(String key) {
    return key.equals(ROOT) || key.matches("mp\\d+");
  }

  private static List<String> allKeys() {
    var keys = new ArrayList<String>(List.of(ROOT));
    for (var index = 0; index < LxcKeys.MOUNT_POINTS; index++) {
      keys.add("mp" + index);
    }
    return List.copyOf(keys);
  }

  /** What a configuration mounts, the root first. */
  static List<MountPoint> all(Map<String, String> config) {
    var found = new ArrayList<MountPoint>();
    for (var key : KEYS) {
      var value = config.get(key);
      if (value != null) {
        found.add(parse(key, value));
      }
    }
    return found;
  }

  /** The volume or path. */
  String source() {
    return options.get("volume").orElse("");
  }

  /** What is mounted: {@code volume}, {@code bind} or {@code device}. */
  String type() {
    if (!source().startsWith("/")) {
      return "volume";
    }
    return source().startsWith("/dev/") ? "device" : "bind";
  }

  boolean isVolume() {
    return type().equals("volume");
  }

  /** The volume it stands for, unless it is yet to be made or a path. */
  Optional<VolumeId> volume() {
    return isVolume() && newDisk().isEmpty()
        ? Optional.of(Storages.split(source()))
        : Optional.empty();
  }

  /** What is to be made, if the volume does not exist yet. */
  Optional<NewDisk> newDisk() {
    var match = NEW_DISK.matcher(source());
    return match.matches()
        ? Optional.of(
            new NewDisk(
                match.group(1),
                new BigDecimal(match.group(2)).multiply(BigDecimal.valueOf(1L << 20)).longValue()
                    << 10))
        : Optional.empty();
  }

  /** Its size as the configuration says. */
  long bytes() {
    return options.get("size").map(DiskSize::bytes).orElse(0L);
  }

  MountPoint on(VolumeId volume, long bytes) {
    return new MountPoint(
        key, options.with("volume", volume.toString()).with("size", DiskSize.text(bytes)));
  }

  String text() {
    return options.toString();
  }
}
