package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.secret.Secret;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A server's own certificate, signed by itself, and its key (EC P-256). */
public final class SelfSigned {
  private static final int SERIAL_BITS = 127;

  private final X509Certificate certificate;
  private final PrivateKey key;

  private SelfSigned(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Makes a new one.
   *
   * @param hosts the names and IP addresses it is for; the first is its subject
   * @param validity from now on
   */
  public static SelfSigned create(List<String> hosts, Duration validity, Clock clock) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var keys = generator.generateKeyPair();
      return new SelfSigned(sign(keys, hosts, validity, clock), keys.getPrivate());
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("Every Java can make an EC certificate.", e);
    }
  }

  private static X509Certificate sign(
      KeyPair keys, List<String> hosts, Duration validity, Clock clock)
      throws GeneralSecurityException, CertIOException, OperatorCreationException {
    var name = new X500Principal("CN=" + hosts.getFirst().replaceAll("[^A-Za-z0-9.:*-]", ""));
    var from = clock.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(from.minus(Duration.ofMinutes(5))), // clocks of clients differ a little
            Date.from(from.plus(validity)),
            name,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(hosts.stream().map(SelfSigned::alternative).toArray(GeneralName[]::new)));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static GeneralName alternative(String host) {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  /** Reads one back from {@link #certificatePem} and {@link #keyPem}. */
  public static SelfSigned read(String certificatePem, Secret keyPem) {
    var certificate = Pem.certificates(certificatePem, "The server certificate").getFirst();
    return new SelfSigned(certificate, Pem.privateKey(keyPem.reveal(), "the server"));
  }

  /** What clients pin. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(certificate);
  }

  /** What clients may trust; not secret. */
  public String certificatePem() {
    return Pem.write(certificate);
  }

  /** The private key; belongs into a file that only its owner can read. */
  public Secret keyPem() {
    return Secret.of(Pem.write(key));
  }

  /**
   * For a listener.
   *
   * @param applicationProtocols what ALPN agrees to, most wanted first
   */
  public Tls tls(List<String> applicationProtocols) {
    var keys = Keys.identity(key, List.of(certificate), "the server");
    return new Tls(Contexts.server(keys), false, applicationProtocols);
  }
}
