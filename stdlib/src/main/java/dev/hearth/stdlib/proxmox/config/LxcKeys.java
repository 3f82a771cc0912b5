package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ConfigKey.plain;
import static dev.hearth.stdlib.proxmox.config.ConfigKey.properties;
import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every configuration key of a container, each declared once, for one major version. */
public final class LxcKeys {
  /** How many mount points a container may have, and how many volumes that are not mounted. */
  public static final int MOUNT_POINTS = 256;

  /** The systems that Proxmox sets up in a container; others are {@code unmanaged}. */
  public static final List<String> SYSTEMS =
      List.of(
          "debian",
          "devuan",
          "ubuntu",
          "centos",
          "fedora",
          "opensuse",
          "archlinux",
          "alpine",
          "gentoo",
          "nixos");

  private static final String PRINTABLE = "[^\\x00-\\x08\\x0a-\\x1F\\x7F]";

  private static final KeyTable PVE_8 = new KeyTable(all(8));
  private static final KeyTable PVE_9 = new KeyTable(all(9));

  private LxcKeys() {}

  /** The keys of a major version; earlier ones than 8 are taken for 8, later than 9 for 9. */
  public static KeyTable ofVersion(int major) {
    return major >= 9 ? PVE_9 : PVE_8;
  }

  private static List<ConfigKey> all(int major) {
    var keys = new ArrayList<>(system());
    keys.addAll(general());
    var net = LxcFormats.NET;
    var root = LxcFormats.ROOT;
    var mount = LxcFormats.MOUNT_POINT;
    if (major >= 9) {
      net = LxcFormats.NET_9;
      root = LxcFormats.ROOT_9;
      mount = LxcFormats.MOUNT_POINT_9;
      keys.add(plain("entrypoint", matching(PRINTABLE + "+").orElse("/sbin/init")));
      keys.add(plain("env", matching("\\w+=" + PRINTABLE + "*(?:\\x00\\w+=" + PRINTABLE + "*)*")));
    }
    keys.add(properties("net", 32, net, "hwaddr", "type"));
    keys.add(properties("rootfs", 0, root, "volume"));
    keys.add(properties("mp", MOUNT_POINTS, mount, "volume"));
    keys.add(properties("unused", MOUNT_POINTS, LxcFormats.UNUSED));
    return keys;
  }

  private static List<ConfigKey> system() {
    return List.of(
        plain(
            "arch", oneOf("amd64", "i386", "arm64", "armhf", "riscv32", "riscv64").orElse("amd64")),
        plain("cmode", oneOf("shell", "console", "tty").orElse("tty")),
        plain("console", bool().orElse("1")),
        plain("cores", integer().min(1).max(8192)),
        plain("cpulimit", number().min(0).max(8192).orElse("0")),
        plain("cpuunits", integer().min(0).max(500_000)),
        plain("debug", bool().orElse("0")),
        properties("dev", 256, LxcFormats.DEVICE_FORMAT),
        properties("features", 0, LxcFormats.FEATURES),
        plain("memory", integer().min(16).orElse("512")),
        plain("swap", integer().min(0).orElse("512")),
        plain("tty", integer().min(0).max(6).orElse("2")),
        plain("unprivileged", bool().orElse("0")));
  }

  private static List<ConfigKey> general() {
    return List.of(
        ConfigKey.description(),
        plain("hookscript", formatted(Formats.VOLUME_ID)),
        plain("hostname", formatted(Formats.DNS).maxLength(255)),
        plain(
            "lock",
            oneOf(
                "backup",
                "create",
                "destroyed",
                "disk",
                "fstrim",
                "migrate",
                "mounted",
                "rollback",
                "snapshot",
                "snapshot-delete")),
        ConfigKey.list("nameserver", formatted(LxcFormats.NAME_SERVER.list())).anyCase(),
        plain("onboot", bool().orElse("0")),
        plain("ostype", oneOf(Stream.concat(SYSTEMS.stream(), Stream.of("unmanaged")).toList())),
        plain("protection", bool().orElse("0")),
        ConfigKey.list("searchdomain", formatted(Formats.DNS.list())),
        ConfigKey.startup(),
        ConfigKey.tags(),
        plain("template", bool().orElse("0")),
        plain("timezone", formatted(LxcFormats.TIMEZONE)));
  }
}
