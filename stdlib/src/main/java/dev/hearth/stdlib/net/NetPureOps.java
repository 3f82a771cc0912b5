package dev.hearth.stdlib.net;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reckoning with addresses, networks and hardware addresses. */
final class NetPureOps {
  private static final int MOST = 65_536;

  record Text(String cidr) {}

  record Pair(String cidr, String other) {}

  record Parts(String cidr, int prefix) {}

  record Free(String cidr, int prefix, List<String> used) {}

  /**
   * A network.
   *
   * @param size how many addresses it has, in decimal digits
   */
  record Network(
      String cidr,
      int version,
      String network,
      int prefix,
      String first,
      String last,
      String firstHost,
      String lastHost,
      String size) {}

  @Op(pure = true)
  Network network(Text request) {
    var cidr = Cidr.parse(request.cidr());
    return new Network(
        cidr.toString(),
        cidr.bits() == 32 ? 4 : 6,
        cidr.address(cidr.first()),
        cidr.prefix(),
        cidr.address(cidr.first()),
        cidr.address(cidr.last()),
        cidr.address(cidr.firstHost()),
        cidr.address(cidr.lastHost()),
        cidr.size().toString());
  }

  @Op(pure = true)
  boolean contains(Pair request) {
    return Cidr.parse(request.cidr()).contains(Cidr.parse(request.other()));
  }

  @Op(pure = true)
  boolean overlaps(Pair request) {
    return Cidr.parse(request.cidr()).overlaps(Cidr.parse(request.other()));
  }

  @Op(pure = true)
  List<String> hosts(Text request) {
    var cidr = Cidr.parse(request.cidr());
    requireFew(cidr, cidr.size());
    var all = new ArrayList<String>();
    for (var at = cidr.firstHost();
        at.compareTo(cidr.lastHost()) <= 0;
        at = at.add(BigInteger.ONE)) {
      all.add(cidr.address(at));
    }
    return all;
  }

  @Op(pure = true)
  List<String> subnets(Parts request) {
    var cidr = checked(request.cidr(), request.prefix());
    requireFew(cidr, BigInteger.ONE.shiftLeft(request.prefix() - cidr.prefix()));
    var all = new ArrayList<String>();
    for (var part = Cidr.of(cidr.bits(), cidr.first(), request.prefix());
        cidr.contains(part);
        part = next(part)) {
      all.add(part.toString());
    }
    return all;
  }

  /** The first address that a machine may have and none of the used ones holds. */
  @Op(pure = true)
  String nextHost(Free request) {
    var cidr = Cidr.parse(request.cidr());
    var at = cidr.firstHost();
    for (var used : sorted(request.used(), cidr)) {
      if (used.first().compareTo(at) <= 0 && used.last().compareTo(at) >= 0) {
        at = used.last().add(BigInteger.ONE);
      }
    }
    if (at.compareTo(cidr.lastHost()) > 0) {
      throw new HearthException(CidrError.NONE_FREE, cidr);
    }
    return cidr.address(at);
  }

  /** The first part with this prefix that touches none of the used ones. */
  @Op(pure = true)
  String nextSubnet(Free request) {
    var cidr = checked(request.cidr(), request.prefix());
    var part = Cidr.of(cidr.bits(), cidr.first(), request.prefix());
    for (var used : sorted(request.used(), cidr)) {
      if (used.overlaps(part)) {
        var behind = Cidr.of(cidr.bits(), used.last(), request.prefix());
        part = next(behind);
      }
    }
    if (!cidr.contains(part)) {
      throw new HearthException(CidrError.NONE_FREE, cidr);
    }
    return part.toString();
  }

  record Address(String address) {}

  /** The name under which DNS keeps the name of an address. */
  @Op(pure = true)
  String reverseName(Address request) {
    return AddressText.parse(request.address())
        .map(AddressText::reverseName)
        .orElseThrow(
            () -> new HearthException(CidrError.NO_ADDRESS, VisibleText.of(request.address())));
  }

  record MacText(String mac) {}

  /**
   * A hardware address.
   *
   * @param prefix its first three octets, which a vendor has
   */
  record Card(String mac, String prefix, boolean local, boolean multicast) {}

  @Op(pure = true)
  Card mac(MacText request) {
    var mac = Mac.parse(request.mac());
    return new Card(
        mac.toString(), mac.toString().substring(0, 8), mac.isLocal(), mac.isMulticast());
  }

  record Seeded(String seed, @Nullable String prefix) {}

  @Op(pure = true)
  String newMac(Seeded request) {
    var mac =
        request.prefix() == null
            ? Mac.local(request.seed())
            : Mac.behind(request.prefix(), request.seed());
    return mac.toString();
  }

  record Step(String mac, long count) {}

  @Op(pure = true)
  String macPlus(Step request) {
    return Mac.parse(request.mac()).plus(request.count()).toString();
  }

  /** In the order of their begin, the wider first, so that one pass sees all. */
  private static List<Cidr> sorted(List<String> used, Cidr within) {
    return used.stream()
        .map(Cidr::parse)
        .filter(each -> each.bits() == within.bits())
        .sorted(Comparator.comparing(Cidr::first).thenComparing(Cidr::prefix))
        .toList();
  }

  private static Cidr next(Cidr part) {
    return new Cidr(part.bits(), part.last().add(BigInteger.ONE), part.prefix());
  }

  private static Cidr checked(String text, int prefix) {
    var cidr = Cidr.parse(text);
    if (prefix < cidr.prefix() || prefix > cidr.bits()) {
      throw new HearthException(CidrError.PREFIX, cidr, prefix);
    }
    return cidr;
  }

  private static void requireFew(Cidr cidr, BigInteger count) {
    if (count.compareTo(BigInteger.valueOf(MOST)) > 0) {
      throw new HearthException(CidrError.TOO_MANY, cidr, MOST);
    }
  }
}
