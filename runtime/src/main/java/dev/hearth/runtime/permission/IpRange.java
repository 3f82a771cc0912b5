package dev.hearth.runtime.permission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One IP address, or all addresses that share a prefix.
 *
 * <p>Nothing is resolved here: {@link InetAddress} is only the form of an address. An IPv4 address
 * written as IPv6 ({@code ::ffff:10.0.0.1}) is the IPv4 address.
 *
 * @param first the lowest address; the bits behind the prefix are zero
 * @param prefix the number of bits that all addresses share: 32 or 128 for a single address
 */
public record IpRange(InetAddress first, int prefix) {
  private static final List<IpRange> NOT_PUBLIC =
      List.of(
          literal("0.0.0.0/8"), // this machine
          literal("10.0.0.0/8"),
          literal("100.64.0.0/10"), // carrier networks, also overlay networks at home
          literal("127.0.0.0/8"),
          literal("169.254.0.0/16"), // link-local, and the clouds' metadata services
          literal("172.16.0.0/12"),
          literal("192.0.0.0/24"),
          literal("192.168.0.0/16"),
          literal("198.18.0.0/15"),
          literal("224.0.0.0/3"), // multicast, reserved, broadcast
          literal("::/8"), // unspecified, loopback, IPv4 in other clothes
          literal("64:ff9b::/96"), // translated to IPv4 by a gateway
          literal("64:ff9b:1::/48"),
          literal("2001::/32"), // Teredo and 6to4 carry IPv4 addresses inside
          literal("2002::/16"),
          literal("fc00::/7"),
          literal("fe80::/9"), // link-local and the former site-local
          literal("ff00::/8"));

  private static final List<IpRange> LOOPBACK = List.of(literal("127.0.0.0/8"), literal("::1"));

  private static final List<IpRange> PRIVATE =
      List.of(
          literal("10.0.0.0/8"),
          literal("100.64.0.0/10"),
          literal("172.16.0.0/12"),
          literal("192.168.0.0/16"),
          literal("fc00::/7"));

  public IpRange {
    if (prefix < 0 || prefix > first.getAddress().length * 8) {
      throw new IllegalArgumentException("A prefix of " + prefix + " does not fit " + first + ".");
    }
    first = masked(first, prefix);
  }

  /** The range that holds just this address. */
  public static IpRange of(InetAddress address) {
    return new IpRange(address, address.getAddress().length * 8);
  }

  /**
   * Reads {@code 10.0.0.5}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}; empty when it is neither.
   */
  public static Optional<IpRange> parse(String text) {
    var slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    if (!looksLikeAddress(address)) {
      return Optional.empty();
    }
    try {
      var first = InetAddress.ofLiteral(address);
      return Optional.of(
          slash < 0
              ? of(first)
              : new IpRange(first, Integer.parseUnsignedInt(text.substring(slash + 1))));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  // The JDK also reads `127.1` and zones such as `%eth0`; neither is one plain form of an address.
  private static boolean looksLikeAddress(String text) {
    return text.contains(":")
        ? text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')
        : text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  private static IpRange literal(String text) {
    return parse(text).orElseThrow();
  }

  /** Whether all of it is reachable from anywhere, so that any name may lead to it. */
  public boolean isPublic() {
    return NOT_PUBLIC.stream().noneMatch(hidden -> hidden.overlaps(this));
  }

  /** Whether it is this very machine. */
  public boolean isLoopback() {
    return LOOPBACK.stream().anyMatch(loopback -> loopback.covers(this));
  }

  /** Whether it belongs to somebody's own network, such as a home. */
  public boolean isPrivate() {
    return PRIVATE.stream().anyMatch(home -> home.covers(this));
  }

  /** Whether every address of {@code other} is in this range. */
  public boolean covers(IpRange other) {
    return prefix <= other.prefix && masked(other.first, prefix).equals(first);
  }

  boolean overlaps(IpRange other) {
    return covers(other) || other.covers(this);
  }

  boolean isSingle() {
    return prefix == first.getAddress().length * 8;
  }

  boolean isIpv6() {
    return first.getAddress().length == 16;
  }

  /** {@code 10.0.0.0/8}, {@code 2001:db8::1}. */
  @Override
  public String toString() {
    var address = isIpv6() ? compressed(first.getAddress()) : first.getHostAddress();
    return isSingle() ? address : address + "/" + prefix;
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    var bytes = address.getAddress();
    for (var i = 0; i < bytes.length; i++) {
      var kept = Math.clamp(prefix - i * 8L, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address kept its length and lost its form.", e);
    }
  }

  // RFC 5952: the longest run of two or more zero groups, the first of equals, becomes `::`.
  private static String compressed(byte[] bytes) {
    var groups = new int[8];
    Arrays.setAll(groups, i -> ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff));
    var start = -1;
    var length = 1;
    for (var i = 0; i < 8; i++) {
      var end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    return start < 0
        ? joined(groups, 0, 8)
        : joined(groups, 0, start) + "::" + joined(groups, start + length, 8);
  }

  private static String joined(int[] groups, int from, int to) {
    var text = new StringJoiner(":");
    for (var i = from; i < to; i++) {
      text.add(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
