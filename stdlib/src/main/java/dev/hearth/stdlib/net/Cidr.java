package dev.hearth.stdlib.net;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A network, or one address, as numbers.
 *
 * @param bits 32 or 128
 * @param first its lowest address
 * @param prefix how many bits all its addresses share
 */
record Cidr(int bits, BigInteger first, int prefix) {
  private static final Pattern FORM = Pattern.compile("([^/]{2,45})(?:/(\\d{1,3}))?");

  /**
   * Reads a network; bits behind the prefix are cut off, as {@code ip} does not but people mean.
   */
  static Cidr parse(String text) {
    var form = FORM.matcher(text);
    if (form.matches()) {
      var bytes = AddressText.parse(form.group(1));
      if (bytes.isPresent()) {
        int bits = bytes.get().length * 8;
        int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
        if (prefix <= bits) {
          return of(bits, new BigInteger(1, bytes.get()), prefix);
        }
      }
    }
    throw new HearthException(CidrError.MALFORMED, VisibleText.of(text));
  }

  static Cidr of(int bits, BigInteger address, int prefix) {
    int rest = bits - prefix;
    return new Cidr(bits, address.shiftRight(rest).shiftLeft(rest), prefix);
  }

  BigInteger size() {
    return BigInteger.ONE.shiftLeft(bits - prefix);
  }

  BigInteger last() {
    return first.add(size()).subtract(BigInteger.ONE);
  }

  boolean contains(Cidr other) {
    return bits == other.bits
        && first.compareTo(other.first) <= 0
        && last().compareTo(other.last()) >= 0;
  }

  boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** The first address that a machine may have: IPv4 keeps the network's own. */
  BigInteger firstHost() {
    return keepsEnds() ? first.add(BigInteger.ONE) : first;
  }

  /** The last one: IPv4 keeps the highest for all. */
  BigInteger lastHost() {
    return keepsEnds() ? last().subtract(BigInteger.ONE) : last();
  }

  private boolean keepsEnds() {
    return bits == 32 && prefix < 31;
  }

  String address(BigInteger value) {
    return AddressText.of(value, bits);
  }

  /** As it is written; a single address without its prefix. */
  @Override
  public String toString() {
    return address(first) + (prefix == bits ? "" : "/" + prefix);
  }
}
