package dev.hearth.stdlib.proxmox.sim.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests by which Proxmox notices that a configuration was changed meanwhile. */
public final class Digests {
  private Digests() {}

  /** SHA-1 in lower-case hexadecimal. */
  public static String sha1(String text) {
    return digest("SHA-1", text);
  }

  /** SHA-256, which newer parts of Proxmox use. */
  public static String sha256(String text) {
    return digest("SHA-256", text);
  }

  private static String digest(String algorithm, String text) {
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm + ".", e);
    }
  }
}
