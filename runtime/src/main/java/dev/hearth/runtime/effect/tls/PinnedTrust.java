package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;

/**
 * Believes one certificate, whoever issued it, whatever host it names and however old it is: as
 * with SSH, the key itself was compared.
 */
final class PinnedTrust extends ServerTrust {
  private final Fingerprint pinned;

  PinnedTrust(Fingerprint pinned) {
    this.pinned = pinned;
  }

  @Override
  void check(X509Certificate[] chain, String authType, SSLSocket socket, String peer)
      throws CertificateException {
    var shown = PeerCertificate.of(chain[0]);
    if (!shown.fingerprint().equals(pinned)) {
      var failure =
          new HearthException(TlsError.FINGERPRINT_MISMATCH, peer, shown.fingerprint(), pinned);
      throw refused(describe(failure, shown).with("pinned", pinned.toString()));
    }
  }
}
