package dev.hearth.runtime.engine.web;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** IPv4 addresses in every spelling that the web knows: `127.1`, `0x7f.1`, `2130706433`. */
final class Ipv4 {
  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]*|[0-9]+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private Ipv4() {}

  private static List<String> parts(String host) {
    var parts = new ArrayList<>(List.of(host.split("\\.", -1)));
    if (parts.size() > 1 && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts;
  }

  /** Whether the host's last part is a number, so that it is an address or nothing. */
  static boolean isMeant(String host) {
    return NUMBER.matcher(parts(host).getLast()).matches();
  }

  static Optional<String> parse(String host) {
    var parts = parts(host);
    if (parts.size() > 4) {
      return Optional.empty();
    }
    var address = BigInteger.ZERO;
    for (int i = 0; i < parts.size(); i++) {
      var number = number(parts.get(i));
      boolean isLast = i == parts.size() - 1;
      int bytes = isLast ? 4 - i : 1;
      if (number.isEmpty() || number.get().bitLength() > 8 * bytes) {
        return Optional.empty();
      }
      address = address.or(number.get().shiftLeft(isLast ? 0 : 8 * (3 - i)));
    }
    int bits = address.intValue();
    return Optional.of(
        "%d.%d.%d.%d".formatted(bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255));
  }

  private static Optional<BigInteger> number(String part) {
    if (!NUMBER.matcher(part).matches()) {
      return Optional.empty();
    }
    if (part.startsWith("0x") || part.startsWith("0X")) {
      var digits = part.substring(2);
      return Optional.of(digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, 16));
    }
    boolean octal = part.length() > 1 && part.startsWith("0");
    if (octal && DIGITS.matcher(part).matches() && part.chars().anyMatch(c -> c > '7')) {
      return Optional.empty();
    }
    return Optional.of(new BigInteger(part, octal ? 8 : 10));
  }
}
