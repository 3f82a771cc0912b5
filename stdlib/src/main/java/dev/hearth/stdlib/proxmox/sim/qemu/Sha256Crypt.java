package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The {@code $5$} password hash of crypt(3), with which Proxmox keeps cloud-init passwords. Neither
 * Java nor Bouncy Castle has it.
 */
final class Sha256Crypt {
  private static final int ROUNDS = 5000;
  private static final int LENGTH = 32;
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Sha256Crypt() {}

  /** The password as it is, if it is a hash already; else its hash. */
  static String hashed(String password, World world) {
    return password.matches("\\$(?:[156]|2[ay])(\\$.+){2}")
        ? password
        : hash(password, world.dice().hex(8));
  }

  /** The hash with this salt, at most 16 characters. */
  static String hash(String password, String salt) {
    var key = password.getBytes(StandardCharsets.UTF_8);
    var grain = salt.getBytes(StandardCharsets.UTF_8);
    var start = start(key, grain);
    var p = repeated(digestOf(key, key.length), key.length);
    var s = repeated(digestOf(grain, 16 + (start[0] & 0xff)), grain.length);
    var round = start;
    for (var i = 0; i < ROUNDS; i++) {
      var sha = sha256();
      sha.update((i & 1) != 0 ? p : round);
      if (i % 3 != 0) {
        sha.update(s);
      }
      if (i % 7 != 0) {
        sha.update(p);
      }
      sha.update((i & 1) != 0 ? round : p);
      round = sha.digest();
    }
    return "$5$" + salt + "$" + encoded(round);
  }

  private static byte[] start(byte[] key, byte[] salt) {
    var inner = sha256();
    inner.update(key);
    inner.update(salt);
    inner.update(key);
    var mixed = inner.digest();
    var sha = sha256();
    sha.update(key);
    sha.update(salt);
    sha.update(repeated(mixed, key.length));
    for (var bits = key.length; bits > 0; bits >>= 1) {
      sha.update((bits & 1) != 0 ? mixed : key);
    }
    return sha.digest();
  }

  private static byte[] digestOf(byte[] part, int times) {
    var sha = sha256();
    for (var i = 0; i < times; i++) {
      sha.update(part);
    }
    return sha.digest();
  }

  /** The first {@code length} bytes of the digest over and over. */
  private static byte[] repeated(byte[] digest, int length) {
    var bytes = new byte[length];
    for (var at = 0; at < length; at += LENGTH) {
      System.arraycopy(digest, 0, bytes, at, Math.min(LENGTH, length - at));
    }
    return bytes;
  }

  /** The digest in crypt's base 64, three bytes taken from its three thirds at a time. */
  private static String encoded(byte[] digest) {
    var text = new StringBuilder();
    for (var group = 0; group < 10; group++) {
      var at = bytesOf(group);
      append(text, digest[at[0]], digest[at[1]], digest[at[2]], 4);
    }
    append(text, (byte) 0, digest[31], digest[30], 3);
    return text.toString();
  }

  /** Which three bytes make the group: each group takes the thirds in turn. */
  private static int[] bytesOf(int group) {
    var turn = group % 3;
    var thirds = new int[] {group, 10 + group, 20 + group};
    return switch (turn) {
      case 0 -> thirds;
      case 1 -> new int[] {thirds[2], thirds[0], thirds[1]};
      default -> new int[] {thirds[1], thirds[2], thirds[0]};
    };
  }

  private static void append(StringBuilder text, byte high, byte middle, byte low, int characters) {
    var bits = (high & 0xff) << 16 | (middle & 0xff) << 8 | (low & 0xff);
    for (var i = 0; i < characters; i++) {
      text.append(ALPHABET.charAt(bits & 0x3f));
      bits >>= 6;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
