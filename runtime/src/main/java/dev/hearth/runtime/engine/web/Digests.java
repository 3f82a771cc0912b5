package dev.hearth.runtime.engine.web;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes by the names of Web Cryptography: {@code SHA-1}, {@code SHA-256} and their like. */
final class Digests {
  private Digests() {}

  static byte[] digest(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("crypto.js asks only for what every Java has.", e);
    }
  }

  static byte[] hmac(String algorithm, byte[] key, byte[] data) {
    var name = "Hmac" + algorithm.replace("-", "");
    try {
      var mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(key, name));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("crypto.js asks only for what every Java has.", e);
    }
  }
}
