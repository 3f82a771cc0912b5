package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** The text form of certificates and keys. */
final class Pem {
  private Pem() {}

  /**
   * All certificates of a text.
   *
   * @param source where the text is from, for messages
   */
  static List<X509Certificate> certificates(String text, String source) {
    try {
      var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      var certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      throw new HearthException(TlsError.CERTIFICATES_UNREADABLE, source).causedBy(e);
    }
    throw new HearthException(TlsError.CERTIFICATES_UNREADABLE, source);
  }

  /** The first private key of a text: PKCS#8, or the older forms of RSA and EC. */
  static PrivateKey privateKey(String text, String owner) {
    try (var parser = new PEMParser(new StringReader(text))) {
      var converter = new JcaPEMKeyConverter();
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (found instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        }
      }
    } catch (IOException e) {
      throw new HearthException(TlsError.KEY_UNREADABLE, owner).causedBy(e);
    }
    throw new HearthException(TlsError.KEY_UNREADABLE, owner);
  }

  static String write(X509Certificate certificate) {
    return writeObject(certificate);
  }

  /** As PKCS#8; the writer's own form for EC leaves out the curve. */
  static String write(PrivateKey key) {
    try {
      return writeObject(new JcaPKCS8Generator(key, null));
    } catch (PemGenerationException e) {
      throw new IllegalStateException("A key without a passphrase can be written.", e);
    }
  }

  private static String writeObject(Object content) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory does not fail.", e);
    }
    return text.toString();
  }
}
