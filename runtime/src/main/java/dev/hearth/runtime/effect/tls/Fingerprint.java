package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of a certificate: what people compare and what connections pin. */
public final class Fingerprint {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
  private static final int BYTES = 32;

  private final byte[] digest;

  private Fingerprint(byte[] digest) {
    this.digest = digest;
  }

  public static Fingerprint of(X509Certificate certificate) {
    try {
      return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("A certificate that was read has its bytes.", e);
    }
  }

  /**
   * Reads {@code AA:BB:…}, in any case, with or without colons, as openssl, Proxmox and browsers
   * show it; fails with {@link TlsError#FINGERPRINT_MALFORMED}.
   */
  public static Fingerprint parse(String text) {
    var hex = text.strip().replaceFirst("(?i)^sha-?256( fingerprint)?[:=]", "").replace(":", "");
    try {
      var digest = HexFormat.of().parseHex(hex);
      if (digest.length == BYTES) {
        return new Fingerprint(digest);
      }
    } catch (IllegalArgumentException e) {
      throw new HearthException(TlsError.FINGERPRINT_MALFORMED, text).causedBy(e);
    }
    throw new HearthException(TlsError.FINGERPRINT_MALFORMED, text);
  }

  /** Compares in a time that does not depend on where they differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** {@code AA:BB:…}, 32 bytes. */
  @Override
  public String toString() {
    return COLONS.formatHex(digest);
  }
}
