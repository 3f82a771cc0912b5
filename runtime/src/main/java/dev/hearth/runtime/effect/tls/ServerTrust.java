package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges servers only. What it refuses carries the {@link HearthException} to be shown. */
abstract class ServerTrust extends X509ExtendedTrustManager {

  /**
   * Throws when the chain is not to be believed.
   *
   * @param peer the host and port, for messages
   */
  abstract void check(X509Certificate[] chain, String authType, SSLSocket socket, String peer)
      throws CertificateException;

  static CertificateException refused(HearthException why) {
    return new CertificateException(why.sentence(), why);
  }

  /** Adds what a person needs to judge the certificate. */
  static HearthException describe(HearthException e, PeerCertificate certificate) {
    return e.with("fingerprint", certificate.fingerprint().toString())
        .with("subject", certificate.subject())
        .with("issuer", certificate.issuer())
        .with("names", certificate.names())
        .with("validFrom", certificate.validFrom().toString())
        .with("validUntil", certificate.validUntil().toString());
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket secure)) {
      throw new CertificateException("Only a TLS socket can be judged.");
    }
    check(chain, authType, secure, peer(secure.getHandshakeSession()));
  }

  private static String peer(@Nullable SSLSession session) {
    return session == null ? "the server" : session.getPeerHost() + ":" + session.getPeerPort();
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("Only a TLS socket can be judged.");
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("Only a TLS socket can be judged.");
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("Clients are not judged here.");
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("Clients are not judged here.");
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("Clients are not judged here.");
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
