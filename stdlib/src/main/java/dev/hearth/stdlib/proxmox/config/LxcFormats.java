package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be said in the property strings of a container. */
public final class LxcFormats {
  private static final Pattern LINK_LOCAL = Pattern.compile("(fe80::[^%]+)%(.*)");
  private static final Pattern ESCAPE = Pattern.compile("(?:^|.*/)\\.\\.?(?:/.*|$)");
  private static final String MOUNT_OPTION = "(discard|lazytime|noatime|nodev|noexec|nosuid)";

  private static final ValueFormat IPV4 = orManual("pve-ipv4-config", Formats.IPV4_CONFIG);
  private static final ValueFormat IPV6 = orManual("pve-ipv6-config", Formats.IPV6_CONFIG);

  /** A volume or a path, on the host or within the container. */
  static final ValueFormat MOUNT =
      ValueFormat.of(
          "pve-lxc-mp-string",
          value ->
              Formats.unless(
                  !ESCAPE.matcher(value).matches(),
                  value + " contains illegal character sequences"));

  static final ValueFormat DEVICE =
      ValueFormat.of(
          "pve-lxc-dev-string",
          value ->
              Formats.unless(
                  value.startsWith("/dev/") && !ESCAPE.matcher(value).matches(),
                  value + " is not a valid device path"));

  static final ValueFormat TIMEZONE =
      ValueFormat.of(
          "pve-ct-timezone",
          value ->
              Formats.unless(
                  value.equals("host") || ZoneId.getAvailableZoneIds().contains(value),
                  "invalid time zone '" + value + "'"));

  /** The address of a name server, perhaps a link-local one with its interface. */
  static final ValueFormat NAME_SERVER =
      ValueFormat.of("lxc-ip-with-ll-iface", LxcFormats::nameServer);

  static final PropertyFormat NET =
      PropertyFormat.named("pve-lxc-network")
          .required("name", matching("[-_.\\w\\d]+"))
          .optional("bridge", matching("[-_.\\w\\d]+"))
          .optional("hwaddr", formatted(Formats.MAC_ADDRESS))
          .optional("type", oneOf("veth"))
          .optional("ip", formatted(IPV4))
          .optional("gw", formatted(Formats.IPV4_ADDRESS))
          .optional("ip6", formatted(IPV6))
          .optional("gw6", formatted(Formats.IPV6_ADDRESS))
          .optional("mtu", integer().min(64).max(65535))
          .optional("tag", integer().min(1).max(4094))
          .optional("trunks", matching("\\d+(?:;\\d+)*"))
          .optional("rate", number())
          .optional(List.of("firewall", "link_down"), bool());

  static final PropertyFormat ROOT =
      PropertyFormat.named("pve-lxc-rootfs")
          .first("volume", formatted(MOUNT))
          .optional("size", formatted(Formats.DISK_SIZE))
          .optional(List.of("acl", "quota", "ro"), bool())
          .optional("mountoptions", matching(MOUNT_OPTION + "(;" + MOUNT_OPTION + ")*"))
          .optional("replicate", bool().orElse("1"))
          .optional("shared", bool().orElse("0"));

  static final PropertyFormat MOUNT_POINT =
      ROOT.required("mp", formatted(MOUNT)).optional("backup", bool());

  static final PropertyFormat UNUSED =
      PropertyFormat.named("pve-lxc-unused").first("volume", formatted(Formats.VOLUME_ID));

  public static final PropertyFormat FEATURES =
      PropertyFormat.named("pve-lxc-features")
          .optional(
              List.of("force_rw_sys", "fuse", "keyctl", "mknod", "nesting"), bool().orElse("0"))
          .optional("mount", matching("[a-zA-Z0-9_; ]+"));

  static final PropertyFormat DEVICE_FORMAT =
      PropertyFormat.named("pve-lxc-dev")
          .optionalFirst("path", formatted(DEVICE))
          .optional(List.of("uid", "gid"), integer().min(0))
          .optional("mode", matching("0[0-7]{3}"))
          .optional("deny-write", bool().orElse("0"));

  static final PropertyFormat NET_9 = NET.optional("host-managed", bool());
  private static final ValueType ID_MAP =
      matching("passthrough|[ug]:[0-9]+:[0-9]+:[1-9][0-9]*(?:;[ug]:[0-9]+:[0-9]+:[1-9][0-9]*)*");
  static final PropertyFormat ROOT_9 = ROOT.optional("idmap", ID_MAP);
  static final PropertyFormat MOUNT_POINT_9 =
      MOUNT_POINT.optional("idmap", ID_MAP).optional("keepattrs", bool().orElse("0"));

  private LxcFormats() {}

  /** A network card, as any version may have it. */
  public static PropertyString card(String value) {
    return NET_9.parse(value);
  }

  /** What is mounted at {@code rootfs} or {@code mp[n]}, as any version may have it. */
  public static PropertyString mount(String key, String value) {
    return (key.equals("rootfs") ? ROOT_9 : MOUNT_POINT_9).parse(value);
  }

  private static ValueFormat orManual(String name, ValueFormat format) {
    return ValueFormat.of(
        name, value -> value.equals("manual") ? Optional.empty() : format.problem(value, ""));
  }

  private static Optional<String> nameServer(String value) {
    var local = LINK_LOCAL.matcher(value);
    var address = local.matches() ? local.group(1) : value;
    return Formats.unless(
        Formats.isIpv4(address) || Formats.isIpv6(address),
        "value does not look like a valid IP address");
  }
}
