package dev.hearth.stdlib.net;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as people write them; nothing is resolved. */
final class AddressText {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int GROUPS = 8;

  private AddressText() {}

  /** The bytes of an address; empty when it is none. */
  static Optional<byte[]> parse(String text) {
    if (IPV4.matcher(text).matches()) {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    }
    if (!IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // An IPv4 address in the clothes of IPv6 comes back as IPv4, which nobody asked for.
      return InetAddress.ofLiteral(text) instanceof Inet6Address address
          ? Optional.of(address.getAddress())
          : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  static String of(BigInteger value, int bits) {
    if (bits == 32) {
      long address = value.longValueExact();
      return (address >> 24)
          + "."
          + (address >> 16 & 255)
          + "."
          + (address >> 8 & 255)
          + "."
          + (address & 255);
    }
    var groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = value.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
    }
    return shortened(groups);
  }

  /** As RFC 1035 and RFC 3596 say: octets of IPv4, half octets of IPv6, the last one first. */
  static String reverseName(byte[] address) {
    var name = new StringBuilder();
    for (int i = address.length - 1; i >= 0; i--) {
      if (address.length == 4) {
        name.append(address[i] & 0xff).append('.');
      } else {
        name.append(Character.forDigit(address[i] & 0xf, 16)).append('.');
        name.append(Character.forDigit(address[i] >> 4 & 0xf, 16)).append('.');
      }
    }
    return name.append(address.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
  }

  /** As RFC 5952 says: the longest run of zeros, of two at least and the first of equals, is ::. */
  private static String shortened(int[] groups) {
    int begin = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        begin = i;
        length = end - i;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == begin) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
