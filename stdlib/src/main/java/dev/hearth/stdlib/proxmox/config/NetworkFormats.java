package dev.hearth.stdlib.proxmox.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** The named formats of addresses and networks, with the words in which Proxmox refuses. */
public final class NetworkFormats {
  private static final Pattern VLANS = Pattern.compile("(\\d+)(?:-(\\d+))?");
  private static final int LAST_VLAN = 4094;
  private static final int LEAST_PREFIX = 8;

  public static final ValueFormat IP =
      said("ip", NetworkFormats::isIp, "value does not look like a valid IP address");
  public static final ValueFormat CIDR =
      said("CIDR", NetworkFormats::isCidr, "value does not look like a valid CIDR network");
  public static final ValueFormat CIDR4 =
      said("CIDRv4", NetworkFormats::isCidr4, "value does not look like a valid IPv4 CIDR network");
  public static final ValueFormat CIDR6 =
      said("CIDRv6", NetworkFormats::isCidr6, "value does not look like a valid IPv6 CIDR network");
  public static final ValueFormat NETMASK =
      said(
          "ipv4mask",
          value -> prefixOf(value).isPresent(),
          "value does not look like a valid IP netmask");
  public static final ValueFormat VLANS_OR_RANGE =
      ValueFormat.of("pve-vlan-id-or-range", NetworkFormats::vlanProblem);

  private NetworkFormats() {}

  /** Whether a text is right. */
  private interface Rule {
    boolean holds(String value);
  }

  private static ValueFormat said(String name, Rule rule, String problem) {
    return ValueFormat.of(name, value -> Formats.unless(rule.holds(value), problem));
  }

  private static boolean isIp(String value) {
    return Formats.isIpv4(value) || Formats.isIpv6(value);
  }

  private static boolean isCidr(String value) {
    return isCidr4(value) || isCidr6(value);
  }

  private static boolean isCidr4(String value) {
    int slash = value.indexOf('/');
    return slash > 0
        && Formats.isIpv4(value.substring(0, slash))
        && isPrefix(value.substring(slash + 1), 32);
  }

  private static boolean isCidr6(String value) {
    int slash = value.indexOf('/');
    return slash > 0
        && Formats.isIpv6(value.substring(0, slash))
        && isPrefix(value.substring(slash + 1), 128);
  }

  private static boolean isPrefix(String digits, int most) {
    return digits.matches("\\d{1,3}")
        && Integer.parseInt(digits) >= LEAST_PREFIX
        && Integer.parseInt(digits) <= most;
  }

  /** How many bits a mask such as {@code 255.255.255.0} covers. */
  public static Optional<Integer> prefixOf(String mask) {
    if (!Formats.isIpv4(mask)) {
      return Optional.empty();
    }
    long bits = 0;
    for (var quad : mask.split("\\.", 0)) {
      bits = bits << 8 | Integer.parseInt(quad);
    }
    long inverted = ~bits & 0xffffffffL;
    boolean isContiguous = (inverted & inverted + 1) == 0;
    return isContiguous ? Optional.of(Long.bitCount(bits)) : Optional.empty();
  }

  private static Optional<String> vlanProblem(String value) {
    var match = VLANS.matcher(value);
    if (!match.matches()) {
      return Optional.of("invalid VLAN configuration '" + value + "'\n");
    }
    var first = match.group(1);
    var last = match.group(2);
    for (var tag : last == null ? new String[] {first} : new String[] {first, last}) {
      if (tag.length() > 4 || Integer.parseInt(tag) < 1 || Integer.parseInt(tag) > LAST_VLAN) {
        return Optional.of("invalid VLAN tag '" + tag + "'\n");
      }
    }
    return last == null || Integer.parseInt(first) < Integer.parseInt(last)
        ? Optional.empty()
        : Optional.of("VLAN range must go from lower to higher tag '" + value + "'\n");
  }
}
