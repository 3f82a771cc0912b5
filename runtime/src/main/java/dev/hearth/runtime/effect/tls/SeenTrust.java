package dev.hearth.runtime.effect.tls;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Keeps the certificate that it is shown. For looking only: never for a stream that is used. */
final class SeenTrust extends ServerTrust {
  private volatile @Nullable X509Certificate leaf;

  @Override
  void check(X509Certificate[] chain, String authType, SSLSocket socket, String peer) {
    leaf = chain[0];
  }

  X509Certificate leaf() {
    var seen = leaf;
    if (seen == null) {
      throw new IllegalStateException("A handshake ended without a certificate.");
    }
    return seen;
  }
}
