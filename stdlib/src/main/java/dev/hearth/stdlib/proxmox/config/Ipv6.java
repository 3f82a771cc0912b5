package dev.hearth.stdlib.proxmox.config;

import java.util.regex.Pattern;

/** The text form of IPv6 addresses. */
final class Ipv6 {
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  private Ipv6() {}

  static boolean isAddress(String text) {
    var gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    var before = gap == 0 ? 0 : groups(text.substring(0, gap));
    var tail = text.substring(gap + 2);
    var after = tail.isEmpty() ? 0 : groups(tail);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** How many 16-bit groups this is, an IPv4 tail counting two; -1 when it is none. */
  private static int groups(String text) {
    var parts = text.split(":", -1);
    var count = 0;
    for (var at = 0; at < parts.length; at++) {
      if (GROUP.matcher(parts[at]).matches()) {
        count++;
      } else if (at == parts.length - 1 && Formats.isIpv4(parts[at])) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }
}
