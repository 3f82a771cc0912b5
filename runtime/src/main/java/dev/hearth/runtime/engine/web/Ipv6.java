package dev.hearth.runtime.engine.web;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** IPv6 addresses: read in every spelling, written in the one of RFC 5952. */
final class Ipv6 {
  private static final int PIECES = 8;

  private Ipv6() {}

  static Optional<String> parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return pieces(text, false).filter(all -> all.length == PIECES).map(Ipv6::write);
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    var left = pieces(text.substring(0, gap), true);
    var right = pieces(text.substring(gap + 2), true);
    if (left.isEmpty() || right.isEmpty() || text.substring(0, gap).contains(".")) {
      return Optional.empty();
    }
    int given = left.get().length + right.get().length;
    if (given >= PIECES) {
      return Optional.empty();
    }
    var address = Arrays.copyOf(left.get(), PIECES);
    System.arraycopy(right.get(), 0, address, PIECES - right.get().length, right.get().length);
    return Optional.of(write(address));
  }

  private static Optional<int[]> pieces(String text, boolean mayBeEmpty) {
    if (text.isEmpty()) {
      return mayBeEmpty ? Optional.of(new int[0]) : Optional.empty();
    }
    var parts = text.split(":", -1);
    var pieces = IntStream.builder();
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].contains(".")) {
        var octets = octets(parts[i]);
        if (octets.isEmpty()) {
          return Optional.empty();
        }
        pieces.add(octets.get()[0] << 8 | octets.get()[1]);
        pieces.add(octets.get()[2] << 8 | octets.get()[3]);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        pieces.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(pieces.build().toArray());
  }

  /** The last four bytes as IPv4, here in its strict spelling only. */
  private static Optional<int[]> octets(String text) {
    var parts = text.split("\\.", -1);
    boolean fits =
        parts.length == 4
            && Arrays.stream(parts)
                .allMatch(
                    part -> part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) < 256);
    return fits
        ? Optional.of(Arrays.stream(parts).mapToInt(Integer::parseInt).toArray())
        : Optional.empty();
  }

  private static String write(int[] address) {
    int begin = -1;
    int length = 1; // a single zero is written out
    for (int i = 0; i < PIECES; i++) {
      int end = i;
      while (end < PIECES && address[end] == 0) {
        end++;
      }
      if (end - i > length) {
        begin = i;
        length = end - i;
      }
      i = Math.max(i, end - 1);
    }
    return begin < 0
        ? hex(address, 0, PIECES)
        : hex(address, 0, begin) + "::" + hex(address, begin + length, PIECES);
  }

  private static String hex(int[] address, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(address[i]))
        .collect(Collectors.joining(":"));
  }
}
