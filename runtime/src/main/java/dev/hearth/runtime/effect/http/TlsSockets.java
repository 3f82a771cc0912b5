package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/** Our TLS in the form that OkHttp wants; names are checked during the handshake, by the JDK. */
final class TlsSockets extends SSLSocketFactory {
  /** OkHttp asks for one to tidy chains with; what judges is in the {@link Tls}. */
  static final X509TrustManager NO_JUDGE = new NoJudge();

  private final Tls tls;
  private final SSLSocketFactory below;

  TlsSockets(Tls tls) {
    this.tls = tls;
    this.below = tls.context().getSocketFactory();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    var secure = (SSLSocket) below.createSocket(socket, tls.nameOf(host), port, autoClose);
    secure.setUseClientMode(true);
    tls.configure(secure);
    return secure;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return below.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return below.getSupportedCipherSuites();
  }

  private static IOException onlyOver() {
    return new SocketException("TLS is only spoken over a socket that is already connected.");
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw onlyOver();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw onlyOver();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw onlyOver();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw onlyOver();
  }

  private static final class NoJudge implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("Nobody is trusted here.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("Nobody is trusted here.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
