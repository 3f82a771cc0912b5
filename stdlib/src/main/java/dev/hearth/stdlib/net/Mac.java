package dev.hearth.stdlib.net;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The hardware address of a network card (EUI-48), as a number.
 *
 * @param value of its 48 bits
 */
record Mac(long value) {
  private static final int OCTETS = 6;
  private static final long END = 1L << (8 * OCTETS);
  private static final int MULTICAST = 1;
  private static final int LOCAL = 2;
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final HexFormat PLAIN = HexFormat.of();

  /** One separator throughout: octets by colons or hyphens, halves of them by dots, or none. */
  private static final Pattern FORM =
      Pattern.compile("\\p{XDigit}{2}([:-]?)\\p{XDigit}{2}(?:\\1\\p{XDigit}{2}){4}");

  private static final Pattern DOTTED = Pattern.compile("\\p{XDigit}{4}(?:\\.\\p{XDigit}{4}){2}");
  private static final Pattern PREFIX =
      Pattern.compile("\\p{XDigit}{2}(?:([:-]?)\\p{XDigit}{2}(?:\\1\\p{XDigit}{2}){0,3})?");

  static Mac parse(String text) {
    if (FORM.matcher(text).matches() || DOTTED.matcher(text).matches()) {
      return of(octets(text));
    }
    throw new HearthException(MacError.MALFORMED, VisibleText.of(text));
  }

  /** An address that no vendor gave away, and always the same one for a seed. */
  static Mac local(String seed) {
    var octets = digest(seed);
    octets[0] = (byte) ((octets[0] | LOCAL) & ~MULTICAST);
    return of(octets);
  }

  /** The same behind a prefix. */
  static Mac behind(String prefix, String seed) {
    if (!PREFIX.matcher(prefix).matches() || (octets(prefix)[0] & MULTICAST) != 0) {
      throw new HearthException(MacError.PREFIX, VisibleText.of(prefix));
    }
    var octets = digest(seed);
    var first = octets(prefix);
    System.arraycopy(first, 0, octets, 0, first.length);
    return of(octets);
  }

  private static byte[] octets(String text) {
    return PLAIN.parseHex(text.replaceAll("[:.-]", ""));
  }

  private static byte[] digest(String seed) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static Mac of(byte[] octets) {
    long value = 0;
    for (int i = 0; i < OCTETS; i++) {
      value = (value << 8) | (octets[i] & 0xff);
    }
    return new Mac(value);
  }

  Mac plus(long count) {
    if (count <= -END || count >= END || value + count < 0 || value + count >= END) {
      throw new HearthException(MacError.NO_SUCH, this, count);
    }
    return new Mac(value + count);
  }

  /** Whether whoever runs the network gave it away, and no vendor. */
  boolean isLocal() {
    return (firstOctet() & LOCAL) != 0;
  }

  /** Whether it is that of a group. */
  boolean isMulticast() {
    return (firstOctet() & MULTICAST) != 0;
  }

  private long firstOctet() {
    return value >> (8 * (OCTETS - 1));
  }

  @Override
  public String toString() {
    var octets = new byte[OCTETS];
    for (int i = 0; i < OCTETS; i++) {
      octets[i] = (byte) (value >> (8 * (OCTETS - 1 - i)));
    }
    return COLONS.formatHex(octets);
  }
}
