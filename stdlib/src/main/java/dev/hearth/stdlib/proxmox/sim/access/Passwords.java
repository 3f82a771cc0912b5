package dev.hearth.stdlib.proxmox.sim.access;

import dev.hearth.stdlib.proxmox.sim.base.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Salted hashes, so that a saved world does not show what somebody typed. */
final class Passwords {
  private Passwords() {}

  static String hash(String salt, String password) {
    return salt + "$" + Digests.sha256(salt + "$" + password);
  }

  static boolean matches(String hash, String password) {
    var salt = hash.substring(0, hash.indexOf('$'));
    return MessageDigest.isEqual(bytes(hash), bytes(hash(salt, password)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
