package dev.hearth.runtime.effect;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is secured.
 *
 * @param context keys and trust
 * @param verifyHostname whether the certificate must name the host; {@code false} only where the
 *     certificate itself is pinned by its fingerprint
 * @param applicationProtocols what ALPN offers, most wanted first, such as {@code h2}; empty for no
 *     ALPN
 * @param serverName what a server is called in TLS, by SNI and in its certificate, where that is
 *     not the host that is connected to; null where it is
 */
public record Tls(
    SSLContext context,
    boolean verifyHostname,
    List<String> applicationProtocols,
    @Nullable String serverName) {
  public Tls {
    applicationProtocols = List.copyOf(applicationProtocols);
  }

  /** Without ALPN. */
  public Tls(SSLContext context, boolean verifyHostname) {
    this(context, verifyHostname, List.of());
  }

  /** For a server that is called as the host that is connected to. */
  public Tls(SSLContext context, boolean verifyHostname, List<String> applicationProtocols) {
    this(context, verifyHostname, applicationProtocols, null);
  }

  /** What the server at a host is called in TLS. */
  public String nameOf(String host) {
    return serverName == null ? host : serverName;
  }

  /**
   * Secures a stream from the client's side and waits until it is secure. On failure the stream is
   * closed.
   *
   * @param address the host is asked for by SNI and must be named by the certificate, unless {@link
   *     #serverName} says otherwise
   * @param timeout the most that each step of the handshake may take
   */
  public NetStream client(NetStream stream, NetAddress address, Duration timeout) {
    try {
      var socket = over(stream, address);
      socket.setUseClientMode(true);
      configure(socket);
      stream.readTimeout(timeout);
      socket.startHandshake();
      stream.readTimeout(Duration.ZERO);
      return new TlsStream(socket, stream);
    } catch (IOException e) {
      closeAfter(e, stream);
      throw failure(address, e, timeout);
    }
  }

  /** Secures a stream from the server's side; the handshake happens when it is first read. */
  public NetStream server(NetStream stream) throws IOException {
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(StreamSocket.over(stream), null, true);
    socket.setUseClientMode(false);
    configure(socket);
    return new TlsStream(socket, stream);
  }

  private SSLSocket over(NetStream stream, NetAddress address) throws IOException {
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(
                StreamSocket.over(stream, address.port()),
                nameOf(address.host()),
                address.port(),
                true);
  }

  /** Sets what this says on a socket that a library made from {@link #context}. */
  public void configure(SSLSocket socket) {
    var parameters = socket.getSSLParameters();
    if (verifyHostname && socket.getUseClientMode()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (!applicationProtocols.isEmpty()) {
      parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    }
    socket.setSSLParameters(parameters);
  }

  /** The deliberate failure inside {@code e}, or one that says that TLS failed. */
  public static HearthException failure(NetAddress address, IOException e, Duration timeout) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HearthException deliberate) {
        return deliberate;
      }
    }
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(NetError.INTERRUPTED, address).causedBy(e);
    }
    if (e instanceof SocketTimeoutException) {
      return new HearthException(NetError.CONNECT_TIMEOUT, address, SystemNet.seconds(timeout))
          .causedBy(e);
    }
    return new HearthException(NetError.TLS_FAILED, address)
        .with("reason", String.valueOf(e.getMessage()))
        .causedBy(e);
  }

  private static void closeAfter(IOException failure, NetStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
