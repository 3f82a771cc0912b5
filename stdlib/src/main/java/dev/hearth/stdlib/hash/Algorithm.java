package dev.hearth.stdlib.hash;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.provider.digest.Blake2b;
import org.bouncycastle.jcajce.provider.digest.Blake2s;
import org.bouncycastle.jcajce.provider.digest.Blake3;

/** A way to hash, by the name that tools give it. */
enum Algorithm {
  MD5("md5", "MD5"),
  SHA1("sha1", "SHA-1"),
  SHA256("sha256", "SHA-256"),
  SHA384("sha384", "SHA-384"),
  SHA512("sha512", "SHA-512"),
  SHA3_256("sha3-256", "SHA3-256"),
  SHA3_512("sha3-512", "SHA3-512"),
  BLAKE2B_256("blake2b-256", ""),
  BLAKE2B_512("blake2b-512", ""),
  BLAKE2S_256("blake2s-256", ""),
  BLAKE3("blake3", "");

  private final String word;
  private final String standardName; // that every JDK knows; empty for what none has

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
    return switch (this) {
      case BLAKE2B_256 -> new Blake2b.Blake2b256();
      case BLAKE2B_512 -> new Blake2b.Blake2b512();
      case BLAKE2S_256 -> new Blake2s.Blake2s256();
      case BLAKE3 -> new Blake3.Blake3_256();
      case MD5, SHA1, SHA256, SHA384, SHA512, SHA3_256, SHA3_512 -> standard();
    };
  }

  private MessageDigest standard() {
    try {
      return MessageDigest.getInstance(standardName);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + standardName + ".", e);
    }
  }

  /** The keyed hash of some bytes (RFC 2104). */
  byte[] hmac(String key, byte[] data) {
    if (standardName.isEmpty()) {
      throw new HearthException(HashError.NO_HMAC, word);
    }
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
