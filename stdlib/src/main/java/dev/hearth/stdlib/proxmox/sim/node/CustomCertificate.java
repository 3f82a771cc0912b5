package dev.hearth.stdlib.proxmox.sim.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** The certificate that a node's web server shows in place of its own, if there is one. */
final class CustomCertificate {
  static final String FILE = "pveproxy-ssl.pem";
  private static final String PEM = "pem";
  private static final String KEY = "key";
  private static final String DOMAINS = "domains";
  private static final String FROM = "from";
  private static final long LIFE_SECONDS = 90L * 24 * 3600;

  private final Map<String, String> kept;

  CustomCertificate(World world, String node) {
    this.kept = world.nodeFacts(node, "certificate");
  }

  boolean exists() {
    return kept.containsKey(PEM) || kept.containsKey(DOMAINS);
  }

  boolean hasKey() {
    return kept.containsKey(KEY);
  }

  /** Puts one in place that somebody brought, with its key if that is a new one. */
  void put(String pem, Optional<String> key) {
    read(pem);
    kept.remove(DOMAINS);
    kept.put(PEM, pem);
    key.ifPresent(_ -> kept.put(KEY, "1")); // it is never told, so it need not be kept
  }

  /** Puts one in place that an authority made. */
  void order(List<String> domains, long now) {
    kept.clear();
    kept.put(DOMAINS, String.join(" ", domains));
    kept.put(FROM, String.valueOf(now));
    kept.put(KEY, "1");
  }

  void remove() {
    kept.clear();
  }

  /** When it ends, in seconds since 1970. */
  long expires() {
    return kept.containsKey(PEM)
        ? read(kept.getOrDefault(PEM, "")).getNotAfter().toInstant().getEpochSecond()
        : Long.parseLong(kept.getOrDefault(FROM, "0")) + LIFE_SECONDS;
  }

  /** What Proxmox tells of it. */
  Item told(String fingerprint) {
    if (kept.containsKey(DOMAINS)) {
      var domains = List.of(kept.getOrDefault(DOMAINS, "").split(" ", -1));
      return Item.of("filename", FILE)
          .with("subject", "/CN=" + domains.getFirst())
          .with("issuer", "/O=Simulated/CN=Simulated ACME CA")
          .with("fingerprint", fingerprint)
          .with("notbefore", Long.valueOf(kept.getOrDefault(FROM, "0")))
          .with("notafter", expires())
          .with("public-key-type", "rsaEncryption")
          .with("public-key-bits", 4096)
          .with("san", domains);
    }
    var pem = kept.getOrDefault(PEM, "");
    var certificate = read(pem);
    boolean isRsa = certificate.getPublicKey() instanceof RSAPublicKey;
    var item =
        Item.of("filename", FILE)
            .with("subject", name(certificate.getSubjectX500Principal().getName()))
            .with("issuer", name(certificate.getIssuerX500Principal().getName()))
            .with("fingerprint", print(certificate))
            .with("notbefore", certificate.getNotBefore().toInstant().getEpochSecond())
            .with("notafter", certificate.getNotAfter().toInstant().getEpochSecond())
            .with("public-key-type", isRsa ? "rsaEncryption" : "id-ecPublicKey")
            .with("san", names(certificate))
            .with("pem", pem);
    return certificate.getPublicKey() instanceof RSAPublicKey key
        ? item.with("public-key-bits", key.getModulus().bitLength())
        : item.with("public-key-bits", 256);
  }

  private static X509Certificate read(String pem) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var first =
          factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8))).stream()
              .findFirst();
      if (first.orElse(null) instanceof X509Certificate certificate) {
        return certificate;
      }
    } catch (CertificateException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static Refusal unreadable() {
    return Refusal.die(
        "Setting certificate files failed - unable to read certificate from '/etc/pve/local/"
            + FILE
            + "'\n");
  }

  private static String print(X509Certificate certificate) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    } catch (CertificateException e) {
      throw unreadable();
    }
  }

  /** As OpenSSL writes names on one line. */
  private static String name(String rfc2253) {
    try {
      var text = new StringBuilder();
      for (var part : new LdapName(rfc2253).getRdns()) {
        text.append('/').append(part.getType()).append('=').append(part.getValue());
      }
      return text.toString();
    } catch (InvalidNameException e) {
      return rfc2253;
    }
  }

  private static List<String> names(X509Certificate certificate) {
    var names = new ArrayList<String>();
    try {
      var all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        all.forEach(one -> names.add(String.valueOf(one.get(1))));
      }
    } catch (CertificateException e) {
      throw unreadable();
    }
    return names;
  }
}
