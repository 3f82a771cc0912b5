package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes chains that lead to an authority; asks one set of authorities after the other. */
final class ChainTrust extends ServerTrust {
  private final List<Supplier<X509ExtendedTrustManager>> authorities;

  ChainTrust(List<Supplier<X509ExtendedTrustManager>> authorities) {
    this.authorities = authorities;
  }

  @Override
  void check(X509Certificate[] chain, String authType, SSLSocket socket, String peer)
      throws CertificateException {
    CertificateException failure = new CertificateException("There are no authorities.");
    for (var authority : authorities) {
      try {
        authority.get().checkServerTrusted(chain, authType, socket);
        return;
      } catch (CertificateException e) {
        if (isBelievedForOtherNames(authority.get(), chain, authType)) {
          throw refused(wrongHost(chain, peer, e));
        }
        failure = e;
      }
    }
    var shown = PeerCertificate.of(chain[0]);
    throw refused(
        describe(
                new HearthException(TlsError.UNTRUSTED, peer, shown.issuer(), shown.fingerprint()),
                shown)
            .with("reason", String.valueOf(failure.getMessage()))
            .causedBy(failure));
  }

  /** Without the socket the JDK judges the chain but not the host. */
  private static boolean isBelievedForOtherNames(
      X509ExtendedTrustManager authority, X509Certificate[] chain, String authType) {
    try {
      authority.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static HearthException wrongHost(
      X509Certificate[] chain, String peer, CertificateException e) {
    var shown = PeerCertificate.of(chain[0]);
    var names = shown.names().isEmpty() ? "none" : String.join(", ", shown.names());
    var failure = new HearthException(TlsError.WRONG_HOST, peer, names, shown.fingerprint());
    return describe(failure, shown).causedBy(e);
  }
}
