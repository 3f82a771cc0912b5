package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.DriveFormats;
import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.SshKeys;
import dev.hearth.stdlib.proxmox.sim.guest.TagRights;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The configuration keys of one request, rewritten step by step into what Proxmox keeps. Mutable;
 * the steps are called in the order in which Proxmox takes them, for what an error hides depends on
 * it.
 */
final class Settings {
  private static final Set<String> EMPTY_IS_ABSENT = Set.of("description", "tags", "sshkeys");

  private final World world;
  private final Map<String, String> values = new LinkedHashMap<>();

  private Settings(World world) {
    this.world = world;
  }

  /** Those parameters of a call that are keys of a VM's configuration. */
  static Settings of(World world, Params params) {
    var settings = new Settings(world);
    var keys = QemuKeys.ofVersion(world.major());
    params
        .all()
        .forEach(
            (name, value) -> {
              if (value != null && keys.find(name).isPresent()) {
                settings.values.put(name, Params.textOf(value));
              }
            });
    return settings;
  }

  /** The keys and values as they stand; what is changed here is changed in the settings. */
  Map<String, String> values() {
    return values;
  }

  /** Refuses SSH keys that are none. */
  void checkSshKeys() {
    var keys = values.get("sshkeys");
    if (keys != null) {
      SshKeys.check(keys);
    }
  }

  /** {@code cdrom} is the old name of the drive that is {@code ide2}. */
  void resolveCdrom() {
    var cdrom = values.remove("cdrom");
    if (cdrom != null) {
      if (values.containsKey("ide2")) {
        throw Refusal.parameter("cdrom", "'ide2' and 'cdrom' are the same drive");
      }
      var drive = new Drive("ide2", DriveFormats.IDE.parse(cdrom).with("media", "cdrom"));
      values.put("ide2", drive.request());
    }
  }

  /** Refuses drives that could not be read back, and writes all others in Proxmox's order. */
  void rewriteDrives() {
    for (var key : values.keySet().stream().filter(DriveKeys::isDrive).sorted().toList()) {
      var drive = Drive.parse(key, values.getOrDefault(key, ""));
      drive.checkReadable();
      checkImport(drive);
      if (drive.file().equals("cdrom") || drive.file().equals("none")) {
        drive = emptied(drive);
      }
      values.put(key, drive.request());
    }
  }

  /** An empty drive is a CD drive, even if nobody says so. */
  private static Drive emptied(Drive drive) {
    return DriveKeys.isBootable(drive.key())
        ? new Drive(drive.key(), drive.options().with("media", "cdrom"))
        : drive;
  }

  private static void checkImport(Drive drive) {
    if (drive.options().get("import-from").isEmpty()) {
      return;
    }
    var key = drive.key();
    var wanted = drive.newDisk();
    if (wanted.isEmpty() || !wanted.get().gibibytes().matches("0+(\\.0+)?")) {
      throw Refusal.parameter(
          key, "'import-from' requires special syntax - use <storage ID>:0,import-from=<source>");
    }
    if (key.equals("efidisk0")) {
      require(drive, "efitype");
      require(drive, "pre-enrolled-keys");
    } else if (key.equals("tpmstate0")) {
      require(drive, "version");
    }
  }

  private static void require(Drive drive, String property) {
    if (drive.options().written(property).isEmpty()) {
      throw Refusal.parameter(
          drive.key(), "need to specify '" + property + "' when using 'import-from'");
    }
  }

  /** Gives every network card an address that has none. */
  void addAddresses() {
    for (var key : values.keySet().stream().filter(key -> key.matches("net\\d+")).toList()) {
      var card = NetFormat.NET.parse(values.getOrDefault(key, ""));
      if (card.get("macaddr").isEmpty()) {
        card = card.with("macaddr", world.newMac());
      }
      values.put(key, card.toString());
    }
  }

  /** Brings all values to the form in which a configuration file gives them back. */
  void normalise() {
    values.replaceAll(this::normalised);
    values.values().removeIf(String::isEmpty);
  }

  /** A value as a configuration file gives it back; empty when the file would not hold it. */
  String normalised(String key, String value) {
    if (value.isEmpty() && EMPTY_IS_ABSENT.contains(key)) {
      return "";
    }
    if (key.equals("description")) {
      return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    }
    if (key.equals("tags")) {
      return TagRights.written(world, value);
    }
    var kind = QemuKeys.ofVersion(world.major()).find(key).orElseThrow().type().kind();
    if (kind == Kind.INTEGER) {
      return wholeNumber(key, value);
    }
    if (kind == Kind.NUMBER && !value.matches("\\d+(\\.\\d+)?")) {
      throw unreadable(key, "number", value);
    }
    return trimmed(value);
  }

  /** A file cannot hold an empty value; one space is what remains of it. */
  private static String trimmed(String value) {
    var stripped = value.strip();
    return stripped.isEmpty() ? " " : stripped;
  }

  private static String wholeNumber(String key, String value) {
    if (!value.matches("\\d+")) {
      throw unreadable(key, "integer", value);
    }
    return new BigInteger(value).toString();
  }

  private static Refusal unreadable(String key, String type, String value) {
    return Refusal.die(
        "unable to parse value of '"
            + key
            + "' - type check ('"
            + type
            + "') failed - got '"
            + value
            + "'");
  }
}
