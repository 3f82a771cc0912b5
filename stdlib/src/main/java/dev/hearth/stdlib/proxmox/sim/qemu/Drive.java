package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DiskSize;
import dev.hearth.stdlib.proxmox.config.DriveFormats;
import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One drive of a VM.
 *
 * @param key where it hangs, such as {@code scsi0}
 * @param options what is said of it
 */
record Drive(String key, PropertyString options) {
  private static final Pattern NEW_DISK = Pattern.compile("(?:([^/:\\s]+):)?(\\d+(?:\\.\\d+)?)");

  /** A drive that should be made: {@code STORAGE:GIB}. */
  record NewDisk(@Nullable String storage, String gibibytes) {}

  static Drive parse(String key, String value) {
    return new Drive(key, DriveFormats.of(key).parse(value));
  }

  /** The drives of a configuration in Proxmox's order. */
  static List<Drive> all(Map<String, String> config) {
    var drives = new ArrayList<Drive>();
    for (var key : DriveKeys.ALL) {
      var value = config.get(key);
      if (value != null) {
        drives.add(parse(key, value));
      }
    }
    return drives;
  }

  /** The volume, path or word; empty for a broken configuration. */
  String file() {
    return options.get("file").orElse("");
  }

  boolean isCdrom() {
    return options.get("media").filter("cdrom"::equals).isPresent();
  }

  /** A CD drive whose disc comes from elsewhere. */
  boolean isRealCdrom() {
    return isCdrom() && !isCloudInit();
  }

  boolean isCloudInit() {
    return isCloudInit(file());
  }

  static boolean isCloudInit(String file) {
    return DriveFormats.isCloudInit(file);
  }

  /** The volume it stands for; empty for an empty CD drive and for paths. */
  Optional<VolumeId> volume() {
    var file = file();
    return file.contains(":") && !file.startsWith("/")
        ? Optional.of(Storages.split(file))
        : Optional.empty();
  }

  /** What is to be made, if the drive does not exist yet. */
  Optional<NewDisk> newDisk() {
    var matcher = NEW_DISK.matcher(file());
    return matcher.matches()
        ? Optional.of(new NewDisk(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Its size in bytes as the configuration says. */
  long bytes() {
    return options.get("size").map(DiskSize::bytes).orElse(0L);
  }

  Drive withFile(String volid) {
    return new Drive(key, options.with("file", volid));
  }

  Drive withBytes(long bytes) {
    return new Drive(key, options.with("size", DiskSize.text(bytes)));
  }

  Drive without(String... properties) {
    return new Drive(key, options.without(properties));
  }

  /** As the configuration keeps it: what only mattered for making it is gone. */
  String text() {
    return options.without("format", "import-from").toString();
  }

  /** As it was asked for, in Proxmox's order. */
  String request() {
    return options.toString();
  }

  /** Refuses combinations that Proxmox cannot read back. */
  void checkReadable() {
    if (!isReadable()) {
      throw Refusal.parameter(key, "unable to parse drive options");
    }
  }

  private boolean isReadable() {
    for (var kind : List.of("mbps", "iops")) {
      if (isSet(kind) && (isSet(kind + "_rd") || isSet(kind + "_wr"))) {
        return false;
      }
      for (var way : List.of("", "_rd", "_wr")) {
        if (isSet(kind + way + "_max") && !isSet(kind + way)) {
          return false;
        }
      }
    }
    for (var way : List.of("", "_rd", "_wr")) {
      if ((isSet("bps" + way + "_max_length") && !isSet("mbps" + way + "_max"))
          || (isSet("iops" + way + "_max_length") && !isSet("iops" + way + "_max"))) {
        return false;
      }
    }
    return !isCdrom() || isReadableCdrom();
  }

  private boolean isReadableCdrom() {
    return !isSet("snapshot")
        && !isSet("trans")
        && (!isSet("format") || isCloudInit())
        && !isSet("heads")
        && !isSet("secs")
        && !isSet("cyls")
        && !key.startsWith("virtio");
  }

  private boolean isSet(String property) {
    return options.written(property).filter(value -> !value.equals("0")).isPresent();
  }
}
