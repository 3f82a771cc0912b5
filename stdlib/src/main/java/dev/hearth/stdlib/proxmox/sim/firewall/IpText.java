package dev.hearth.stdlib.proxmox.sim.firewall;

import dev.hearth.stdlib.proxmox.config.Formats;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Addresses, networks and ranges as Perl's Net::IP reads them, with its words for what it does not
 * read.
 */
final class IpText {
  private static final Pattern PREFIXED = Pattern.compile("(\\S+?)(/\\S+)");
  private static final Pattern RANGE = Pattern.compile("(.+?)\\s*-\\s*(.+)");
  private static final Pattern OCTET = Pattern.compile("(?i)[a-f\\d]{1,4}");
  private static final int OCTETS = 8;

  private IpText() {}

  /** What Net::IP says of a text that is none. */
  static final class Unreadable extends Exception {
    private Unreadable(String message) {
      super(message, null, false, false);
    }

    String text() {
      var message = getMessage();
      return message == null ? "" : message;
    }
  }

  static Unreadable unreadable(String message) {
    return new Unreadable(message);
  }

  /** Which protocol this is of: 4 or 6. */
  static int version(String text) throws Unreadable {
    var prefixed = PREFIXED.matcher(text);
    if (prefixed.matches()) {
      var ip = prefixed.group(1);
      int version = versionOfAddress(ip);
      checkPrefix(ip, prefixed.group(2).substring(1), version);
      return version;
    }
    var range = RANGE.matcher(text);
    if (range.matches()) {
      int version = versionOfAddress(range.group(1));
      if (versionOfAddress(range.group(2)) != version) {
        throw unreadable("Invalid IP address " + range.group(2));
      }
      return version;
    }
    return versionOfAddress(text);
  }

  private static int versionOfAddress(String ip) throws Unreadable {
    if (!ip.contains(":")) {
      checkIpv4(ip);
      return 4;
    }
    checkIpv6(ip);
    return 6;
  }

  private static void checkIpv4(String ip) throws Unreadable {
    if (!ip.matches("[\\d.]+")) {
      throw unreadable("Invalid chars in IP " + ip);
    }
    if (ip.startsWith(".")) {
      throw unreadable("Invalid IP " + ip + " - starts with a dot");
    }
    if (ip.endsWith(".")) {
      throw unreadable("Invalid IP " + ip + " - ends with a dot");
    }
    var quads = ip.split("\\.", -1);
    if (quads.length > 4) {
      throw unreadable("Invalid IP address " + ip);
    }
    for (var quad : quads) {
      if (quad.isEmpty()) {
        throw unreadable("Empty quad in IP address " + ip);
      }
      if (quad.length() > 3 || Integer.parseInt(quad) > 255) {
        throw unreadable("Invalid quad in IP address " + ip + " - " + quad);
      }
    }
  }

  private static void checkIpv6(String ip) throws Unreadable {
    var octets = ip.split(":", -1);
    for (int i = 0; i < octets.length; i++) {
      boolean mayBeIpv4 = i == octets.length - 1 && Formats.isIpv4(octets[i]);
      if (!octets[i].isEmpty() && !OCTET.matcher(octets[i]).matches() && !mayBeIpv4) {
        throw unreadable("Invalid IP address " + ip);
      }
    }
    if (ip.matches(":[^:].*")) {
      throw unreadable("Invalid address " + ip + " (starts with :)");
    }
    if (ip.matches(".*[^:]:")) {
      throw unreadable("Invalid address " + ip + " (ends with :)");
    }
    if (octets.length > OCTETS || !Formats.isIpv6(ip)) {
      throw unreadable("Invalid IP address " + ip);
    }
  }

  private static void checkPrefix(String ip, String prefix, int version) throws Unreadable {
    int bits = version == 4 ? 32 : 128;
    if (!prefix.matches("\\d{1,3}")) {
      throw unreadable("Invalid prefix length " + prefix);
    }
    int length = Integer.parseInt(prefix);
    if (length > bits) {
      throw unreadable("Prefix length %d is longer than IP address (%d)".formatted(length, bits));
    }
    var rest = binary(full(ip, version)).substring(length);
    if (rest.contains("1")) {
      throw unreadable("Invalid prefix " + rest);
    }
  }

  /** IPv4 addresses may lack quads at their end. */
  private static String full(String ip, int version) {
    var text = new StringBuilder(ip);
    for (int quads = ip.split("\\.", -1).length; version == 4 && quads < 4; quads++) {
      text.append(".0");
    }
    return text.toString();
  }

  private static String binary(String ip) {
    var text = new StringBuilder();
    for (byte part : InetAddress.ofLiteral(ip).getAddress()) {
      var digits = Integer.toBinaryString(part & 0xff);
      text.append("0".repeat(8 - digits.length())).append(digits);
    }
    return text.toString();
  }
}
