package dev.hearth.stdlib.proxmox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The named formats of the Proxmox API, with the words in which it refuses. */
public final class Formats {
  private static final String IPV4 =
      "(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4_CIDR = Pattern.compile("(" + IPV4 + ")/(\\d{1,3})");
  private static final Pattern IPV6_CIDR = Pattern.compile("(.*)/(\\d{1,3})");
  private static final Pattern DNS_LABEL =
      Pattern.compile("[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]");

  public static final ValueFormat VMID =
      pattern("pve-vmid", "[1-9][0-9]{2,8}", "value does not look like a valid VM ID");
  public static final ValueFormat NODE =
      pattern(
          "pve-node",
          "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?",
          "value does not look like a valid node name");
  public static final ValueFormat CONFIG_ID =
      telling("pve-configid", "(?i)[a-z][a-z0-9_-]+", "invalid configuration ID '%s'");
  public static final ValueFormat STORAGE_ID =
      telling(
          "pve-storage-id",
          "(?i)[a-z][a-z0-9\\-_.]*[a-z0-9]",
          "storage ID '%s' contains illegal characters");
  public static final ValueFormat BRIDGE_ID =
      telling("pve-bridge-id", "[-_.\\w]+", "invalid bridge ID '%s'");
  public static final ValueFormat INTERFACE =
      telling(
          "pve-iface",
          "[a-zA-Z][a-zA-Z0-9_]{1,20}([:.]\\d+)?",
          "invalid network interface name '%s'");
  public static final ValueFormat VNET_ID =
      ValueFormat.of(
          "pve-sdn-vnet-id",
          value ->
              value.length() > 8
                  ? Optional.of("vnet ID '" + value + "' can't be more length than 8 characters\n")
                  : unless(
                      value.matches("(?i)[a-z][a-z0-9]*[a-z0-9]"),
                      "vnet ID '" + value + "' contains illegal characters"));
  public static final ValueFormat POOL_ID =
      telling(
          "pve-poolid",
          "[A-Za-z0-9.\\-_]+(?:/[A-Za-z0-9.\\-_]+){0,2}",
          "pool name '%s' contains invalid characters");
  public static final ValueFormat MAC_ADDRESS =
      pattern(
          "mac-addr",
          "(?i)[a-f0-9][02468ace](?::[a-f0-9]{2}){5}",
          "value does not look like a valid unicast MAC address");
  public static final ValueFormat DNS =
      ValueFormat.of(
          "dns-name",
          value -> unless(isDnsName(value), "value does not look like a valid DNS name"));
  public static final ValueFormat ADDRESS =
      ValueFormat.of(
          "address",
          value ->
              unless(
                  isIpv4(value) || Ipv6.isAddress(value) || isDnsName(value),
                  "value does not look like a valid address: " + value));
  public static final ValueFormat IPV4_ADDRESS =
      ValueFormat.of(
          "ipv4", value -> unless(isIpv4(value), "value does not look like a valid IPv4 address"));
  public static final ValueFormat IPV6_ADDRESS =
      ValueFormat.of(
          "ipv6",
          value -> unless(Ipv6.isAddress(value), "value does not look like a valid IPv6 address"));
  public static final ValueFormat IPV4_CONFIG =
      ValueFormat.of(
          "pve-ipv4-config",
          value ->
              unless(
                  value.equals("dhcp") || isIpv4Cidr(value),
                  "value does not look like a valid ipv4 network configuration"));
  public static final ValueFormat IPV6_CONFIG =
      ValueFormat.of(
          "pve-ipv6-config",
          value ->
              unless(
                  value.equals("dhcp") || value.equals("auto") || isIpv6Cidr(value),
                  "value does not look like a valid ipv6 network configuration"));
  public static final ValueFormat URL_ENCODED =
      telling("urlencoded", "[-%a-zA-Z0-9_.!~*'()]*", "invalid urlencoded string: %s");
  public static final ValueFormat DISK_SIZE =
      ValueFormat.of(
          "disk-size",
          value ->
              unless(
                  DiskSize.isValid(value), "value does not look like a valid disk size: " + value));
  public static final ValueFormat TAG =
      pattern("pve-tag", "(?i)[a-z0-9_][a-z0-9_\\-+.]*", "invalid characters in tag");
  public static final ValueFormat VOLUME_ID =
      telling(
          "pve-volume-id",
          "(?i)[a-z][a-z0-9\\-_.]*[a-z0-9]:\\S+",
          "unable to parse volume ID '%s'");

  /** A volume or an absolute path. */
  public static final ValueFormat VOLUME_ID_OR_PATH =
      ValueFormat.of(
          "pve-volume-id-or-absolute-path",
          value -> value.startsWith("/") ? Optional.empty() : VOLUME_ID.problem(value, ""));

  /** A volume, an absolute path, or one of the two words for an empty CD drive. */
  public static final ValueFormat VOLUME_ID_OR_QM_PATH =
      ValueFormat.of(
          "pve-volume-id-or-qm-path",
          value ->
              value.equals("none") || value.equals("cdrom")
                  ? Optional.empty()
                  : VOLUME_ID_OR_PATH.problem(value, ""));

  public static final ValueFormat CPU_SET =
      pattern(
          "pve-cpuset",
          "\\s*\\d+(-\\d+)?\\s*(,\\s*\\d+(-\\d+)?\\s*)*+",
          "unable to parse cpuset option");
  public static final ValueFormat STARTUP_ORDER =
      ValueFormat.of("pve-startup-order", Formats::startup);
  public static final ValueFormat HOTPLUG_FEATURES =
      ValueFormat.of("pve-hotplug-features", Formats::hotplug);

  private Formats() {}

  private static ValueFormat pattern(String name, String pattern, String problem) {
    return matching(name, pattern, value -> problem);
  }

  private static ValueFormat telling(String name, String pattern, String problem) {
    return matching(name, pattern, value -> problem.replace("%s", value));
  }

  private static ValueFormat matching(
      String name, String pattern, Function<String, String> problem) {
    var compiled = Pattern.compile(pattern);
    return ValueFormat.of(
        name, value -> unless(compiled.matcher(value).matches(), problem.apply(value)));
  }

  static Optional<String> unless(boolean good, String problem) {
    return good ? Optional.empty() : Optional.of(problem + "\n");
  }

  private static boolean isDnsName(String value) {
    return Arrays.stream(value.split("\\.", -1))
        .allMatch(label -> DNS_LABEL.matcher(label).matches());
  }

  /** Whether this is a dotted IPv4 address. */
  public static boolean isIpv4(String value) {
    return value.matches(IPV4);
  }

  /** Whether this is an IPv6 address. */
  public static boolean isIpv6(String value) {
    return Ipv6.isAddress(value);
  }

  private static boolean isIpv4Cidr(String value) {
    var matcher = IPV4_CIDR.matcher(value);
    return matcher.matches() && within(matcher.group(2), 8, 32);
  }

  private static boolean isIpv6Cidr(String value) {
    var matcher = IPV6_CIDR.matcher(value);
    return matcher.matches()
        && Ipv6.isAddress(matcher.group(1))
        && within(matcher.group(2), 8, 128);
  }

  private static boolean within(String number, int least, int most) {
    var value = Integer.parseInt(number);
    return value >= least && value <= most;
  }

  private static Optional<String> startup(String value) {
    var good =
        List.of(value.split(",")).stream()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .allMatch(part -> part.matches("(order=)?\\d+|(up|down)=\\d+"));
    return unless(good, "unable to parse startup options");
  }

  private static Optional<String> hotplug(String value) {
    if (value.equals("0") || value.equals("1")) {
      return Optional.empty();
    }
    return Lists.split(value).stream()
        .filter(part -> !part.matches("network|disk|cpu|memory|usb|cloudinit"))
        .findFirst()
        .map(part -> "invalid hotplug feature '" + part + "'\n");
  }
}
