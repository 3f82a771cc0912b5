package dev.hearth.stdlib.proxmox.sim.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Salted hashes, so that a saved world does not show what somebody typed. */
final class Passwords {
  private Passwords() {}

  static String hash(String salt, String password) {
    return salt + "$" + digest(salt + "$" + password);
  }

  static boolean matches(String hash, String password) {
    var salt = hash.substring(0, hash.indexOf('$'));
    return MessageDigest.isEqual(bytes(hash), bytes(hash(salt, password)));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
