package dev.hearth.stdlib.proxmox.sim.base;

import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * The world's own randomness: a saved world goes on rolling where it stopped, and two worlds with
 * the same seed roll alike. Nothing secret comes from here.
 */
public final class Dice {
  private long state;

  public Dice(long state) {
    this.state = state;
  }

  /** What a saved world keeps. */
  public long state() {
    return state;
  }

  /** SplitMix64, so that the state is one number. */
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A random (version 4) UUID. */
  public String uuid() {
    long high = (nextLong() & ~0xF000L) | 0x4000L;
    long low = (nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** An interface's address such as {@code BC:24:11:0A:1B:2C}. */
  public String mac(String prefix) {
    var hex = HexFormat.of().withUpperCase().toHexDigits(nextLong(), 6);
    return String.format(
            Locale.ROOT,
            "%s:%s:%s:%s",
            prefix,
            hex.substring(0, 2),
            hex.substring(2, 4),
            hex.substring(4))
        .toUpperCase(Locale.ROOT);
  }

  /** {@code digits} lower-case hexadecimal digits. */
  public String hex(int digits) {
    var text = new StringBuilder();
    while (text.length() < digits) {
      text.append(HexFormat.of().toHexDigits(nextLong()));
    }
    return text.substring(0, digits);
  }
}
