package dev.hearth.stdlib.templates;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** IP addresses as Proxmox takes them; nothing is resolved. */
final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private Addresses() {}

  static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  static boolean isIpv6(String text) {
    try {
      return IPV6.matcher(text).matches() && InetAddress.ofLiteral(text) instanceof Inet6Address;
    } catch (IllegalArgumentException e) {
      return false; // it has the letters of one, and is none
    }
  }

  /** An address with the length of its network's prefix. */
  static boolean isCidr(String text, boolean isIpv6) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    var address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return isIpv6 ? isIpv6(address) && bits <= 128 : isIpv4(address) && bits <= 32;
  }
}
