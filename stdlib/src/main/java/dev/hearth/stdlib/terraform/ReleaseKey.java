package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.openpgp.api.OpenPGPApi;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPPolicy;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.jspecify.annotations.Nullable;

/**
 * The key with which releases are signed. The only class that needs the library for OpenPGP, which
 * takes its time to load.
 */
final class ReleaseKey {
  private final OpenPGPPolicy policy = new OpenPGPDefaultPolicy();
  private final OpenPGPApi api = new BcOpenPGPApi(policy);
  private final List<OpenPGPCertificate> certificates;

  private ReleaseKey(byte[] text, String shown) {
    try {
      certificates = api.readKeyOrCertificate().parseCertificates(text);
    } catch (IOException | RuntimeException e) { // whatever the library makes of what is no key
      throw new HearthException(InstallError.KEY_NOT_READ, shown).causedBy(e);
    }
    if (certificates.isEmpty()) {
      throw new HearthException(InstallError.KEY_NOT_READ, shown);
    }
  }

  /** The key of a product's maker. */
  static ReleaseKey of(Product product) {
    try (InputStream in = ReleaseKey.class.getResourceAsStream("keys/" + product.key())) {
      return new ReleaseKey(
          Objects.requireNonNull(in, product.key()).readAllBytes(), product.key());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The keys in a file of the user's.
   *
   * @param shown the file, for messages
   */
  static ReleaseKey of(byte[] text, String shown) {
    return new ReleaseKey(text, shown);
  }

  /** The fingerprints of all that count. */
  List<String> fingerprints() {
    return certificates.stream().map(ReleaseKey::fingerprint).toList();
  }

  private static String fingerprint(OpenPGPCertificate certificate) {
    return HexFormat.of().formatHex(certificate.getFingerprint()).toUpperCase(Locale.ROOT);
  }

  /**
   * Checks who signed a text.
   *
   * @param signature apart from the text
   * @param address of the signature, for messages
   * @return the fingerprint of the key that did
   */
  String signer(byte[] text, byte[] signature, String address, Instant now) {
    var signatures = tested(text, signature, address);
    var problem = Optional.<String>empty();
    for (var each : signatures) {
      var found = problem(each, now);
      if (found.isEmpty()) {
        return fingerprint(each.getIssuerCertificate());
      }
      problem = problem.or(() -> found);
    }
    throw new HearthException(
        InstallError.SIGNATURE_WRONG,
        address,
        problem.orElseGet(
            () ->
                "it was not made with the key "
                    + fingerprints().stream().collect(Collectors.joining(" or "))));
  }

  private List<OpenPGPDocumentSignature> tested(byte[] text, byte[] signature, String address) {
    var processor = api.verifyDetachedSignature();
    certificates.forEach(processor::addVerificationCertificate);
    try {
      return processor
          .addSignatures(new ByteArrayInputStream(signature))
          .process(new ByteArrayInputStream(text));
    } catch (IOException | RuntimeException e) { // whatever the library makes of what is none
      throw new HearthException(
              InstallError.SIGNATURE_WRONG, address, "it is no signature of OpenPGP")
          .causedBy(e);
    }
  }

  /**
   * Why a signature does not count. A key has to be good today, and not only when it signed: makers
   * renew a key's end by signing the key anew, so that nothing says any more how it was then.
   */
  private Optional<String> problem(OpenPGPDocumentSignature signature, Instant now) {
    var today = Date.from(now);
    var key = signature.getIssuer();
    var certificate = signature.getIssuerCertificate();
    var shown = fingerprint(certificate);
    if (!signature.isTestedCorrect()) {
      return Optional.of("it was made for another text");
    }
    if (!policy.isAcceptableSignature(signature.getSignature())
        || !policy.isAcceptablePublicKey(key.getPGPPublicKey())) {
      return Optional.of("the key " + shown + " or its hash is too weak");
    }
    var made = signature.getCreationTime().toInstant();
    if (made.isAfter(now)
        || made.isBefore(key.getCreationTime().toInstant())
        || !signature.isEffectiveAt(today)) {
      return Optional.of("it was made at " + made + ", which cannot be, or is over");
    }
    if (certificate.getRevocation(today) != null || key.getRevocation(today) != null) {
      return Optional.of("the key " + shown + " was revoked");
    }
    if (isOver(certificate.getExpirationTime(today), now)
        || isOver(key.getKeyExpirationDateAt(today), now)) {
      return Optional.of("the key " + shown + " has expired");
    }
    if (!certificate.getPrimaryKey().isBoundAt(today)
        || !key.isBoundAt(today)
        || !key.isSigningKey(today)) {
      return Optional.of("the key " + shown + " is not one to sign with");
    }
    return Optional.empty();
  }

  private static boolean isOver(@Nullable Date end, Instant now) {
    return end != null && !end.toInstant().isAfter(now);
  }
}
