package dev.hearth.runtime.effect;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The network as byte streams. Everything above it (HTTP, WebSocket, SSH) is built on these, so
 * that one gate sees every contact and a simulator can stand behind any address.
 *
 * <p>Every method blocks, ends early when its thread is interrupted, and fails with a {@link
 * dev.hearth.runtime.HearthException} whose code is a {@link NetError}.
 */
public interface Net {
  /**
   * Connects by TCP, and by TLS on top when {@code tls} is given. The name is resolved once, and
   * the address that was checked is the address connected to.
   */
  default NetStream connect(NetAddress address, @Nullable Tls tls) {
    return connect(address, resolve(address.host()), tls);
  }

  /**
   * Connects to the first of {@code addresses} that answers, and resolves nothing: for callers that
   * resolved and checked the name themselves, as the gate does. The host of {@code address} is what
   * TLS asks for and verifies.
   *
   * @param addresses at least one, in the order in which they are tried
   */
  NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls);

  /**
   * Connects to the user's proxy, which is then asked to carry the stream to {@code target}. What a
   * gate has to admit is the target; it is the proxy that resolves the target's name.
   */
  default NetStream connectVia(NetAddress proxy, NetAddress target) {
    return connect(proxy, null);
  }

  /** Connects to a Unix socket. */
  NetStream connect(Path unixSocket);

  /** The addresses of a host name, in the order in which they are tried; at least one. */
  List<InetAddress> resolve(String host);

  /**
   * Listens by TCP on a local address; port 0 is not an address, so see {@link Listener#address}.
   *
   * @param port 0 for any free one
   */
  Listener listen(String host, int port, @Nullable Tls tls);

  /** Listens on a Unix socket, created with mode 0600. A socket that nobody serves is replaced. */
  Listener listen(Path unixSocket);

  /**
   * Whether streams to this address carry the plain protocol whatever {@code tls} says, because the
   * other end is inside this process. Protocols that negotiate by TLS ask this first.
   */
  boolean isInProcess(NetAddress address);

  /**
   * What the user's environment says about how to reach the network: {@code HTTPS_PROXY}, {@code
   * NO_PROXY}, {@code SSL_CERT_FILE} and their like. It configures clients here and is never shown
   * to a recipe, so it needs no grant; every other variable is empty.
   */
  default Optional<String> userSetting(String variable) {
    return Optional.empty();
  }
}
