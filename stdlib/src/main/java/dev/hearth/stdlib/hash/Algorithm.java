package dev.hearth.stdlib.hash;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A way to hash, by the name that tools give it. */
enum Algorithm {
  MD5("md5", "MD5"),
  SHA1("sha1", "SHA-1"),
  SHA256("sha256", "SHA-256"),
  SHA384("sha384", "SHA-384"),
  SHA512("sha512", "SHA-512"),
  SHA3_256("sha3-256", "SHA3-256"),
  SHA3_512("sha3-512", "SHA3-512");

  private final String word;
  private final String standardName;

  Algorithm(String word, String standardName) {
    this.word = word;
    this.standardName = standardName;
  }

  /** How a digest is shown. */
  enum Encoding {
    hex,
    base64;

    String of(byte[] digest) {
      return this == hex
          ? HexFormat.of().formatHex(digest)
          : Base64.getEncoder().encodeToString(digest);
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return word;
  }

  MessageDigest digest() {
    try {
      return MessageDigest.getInstance(standardName);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + standardName + ".", e);
    }
  }

  /** The keyed hash of some bytes (RFC 2104). */
  byte[] hmac(String key, byte[] data) {
    try {
      var name = "Hmac" + standardName.replaceFirst("^SHA-", "SHA");
      var mac = Mac.getInstance(name);
      var bytes = key.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(bytes.length == 0 ? new byte[1] : bytes, name)); // padded alike
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMACs of " + standardName + ".", e);
    }
  }
}
