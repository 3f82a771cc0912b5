package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;

/** A key of OpenPGP that a test signs with. */
final class SigningKey {
  private static final BcOpenPGPApi API = new BcOpenPGPApi();

  private final OpenPGPKey key;

  private SigningKey(OpenPGPKey key) {
    this.key = key;
  }

  static SigningKey good() {
    return made(Instant.now().minus(Duration.ofDays(10)), Duration.ofDays(365));
  }

  /** One whose time is over, and that was good when it signed. */
  static SigningKey expired() {
    return made(Instant.now().minus(Duration.ofDays(10)), Duration.ofDays(5));
  }

  private static SigningKey made(Instant from, Duration howLong) {
    try {
      return new SigningKey(
          API.generateKey(4, Date.from(from), false)
              .withPrimaryKey(
                  PGPKeyPairGenerator::generateLegacyEd25519KeyPair,
                  SignatureParameters.Callback.Util.modifyHashedSubpackets(
                      subpackets -> {
                        subpackets.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
                        subpackets.setKeyExpirationTime(true, howLong.toSeconds());
                        return subpackets;
                      }))
              .addUserId("Lab <lab@example.org>")
              .build());
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, revoked since. */
  SigningKey revoked() {
    try {
      return new SigningKey(API.editKey(key).revokeKey().done());
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  String fingerprint() {
    return HexFormat.of().formatHex(key.getFingerprint()).toUpperCase(Locale.ROOT);
  }

  /** What others know it by. */
  String armored() {
    try {
      return key.toCertificate().toAsciiArmoredString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signature apart from the text, as its bytes, made a week ago. */
  byte[] sign(String text) {
    var when = Date.from(Instant.now().minus(Duration.ofDays(7)));
    try {
      return API.createDetachedSignature()
          .addSigningKey(
              key.getPrimarySecretKey(),
              (char[]) null,
              SignatureParameters.Callback.Util.modifyHashedSubpackets(
                  subpackets -> {
                    subpackets.setSignatureCreationTime(when);
                    return subpackets;
                  }))
          .sign(new ByteArrayInputStream(text.getBytes(UTF_8)))
          .getFirst()
          .getEncoded();
    } catch (PGPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
