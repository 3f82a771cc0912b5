package dev.hearth.runtime.effect;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network as byte streams. Everything above it (HTTP, WebSocket, SSH) is built on these, so
 * that one gate sees every contact and a simulator can stand behind any address.
 */
public interface Net {
  /**
   * Connects by TCP, and by TLS on top when {@code tls} is given. The name is resolved once, and
   * the address that was checked is the address connected to.
   */
  NetStream connect(NetAddress address, @Nullable Tls tls) throws IOException;

  /**
   * Connects to the first of {@code addresses} that answers, and resolves nothing: for callers that
   * resolved and checked the name themselves, as the gate does. The host of {@code address} is what
   * TLS asks for and verifies.
   *
   * @param addresses at least one, in the order in which they are tried
   */
  NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls)
      throws IOException;

  /** Connects to a Unix socket. */
  NetStream connect(Path unixSocket) throws IOException;

  /** The addresses of a host name, in the order in which they are tried. */
  List<InetAddress> resolve(String host) throws IOException;

  /**
   * Listens by TCP on a local address; port 0 is not an address, so see {@link Listener#address}.
   *
   * @param port 0 for any free one
   */
  Listener listen(String host, int port, @Nullable Tls tls) throws IOException;

  /** Listens on a Unix socket, created with mode 0600. */
  Listener listen(Path unixSocket) throws IOException;

  /**
   * Whether streams to this address carry the plain protocol whatever {@code tls} says, because the
   * other end is inside this process. Protocols that negotiate by TLS ask this first.
   */
  boolean isInProcess(NetAddress address);
}
