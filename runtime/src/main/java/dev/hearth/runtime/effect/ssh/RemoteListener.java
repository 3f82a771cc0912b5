package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.Nullable;

/** An address at which a host listens for us, and hands what comes to this program. */
final class RemoteListener implements Listener {
  private static final AttributeRepository.AttributeKey<Map<Integer, RemoteListener>> ALL =
      new AttributeRepository.AttributeKey<>();

  private final ClientSession session;
  private final String host;
  private final int port;
  private final BlockingQueue<Optional<NetStream>> streams = new LinkedBlockingQueue<>();

  private RemoteListener(ClientSession session, String host, int port) {
    this.session = session;
    this.host = host;
    this.port = port;
  }

  /**
   * Asks a host to listen.
   *
   * @param port 0 for any free one
   * @return {@code null} when it refuses
   */
  static @Nullable RemoteListener open(SshSession owner, String host, int port) throws IOException {
    var session = owner.session();
    var request = request(session, "tcpip-forward", true, host, port);
    var answer = session.request("tcpip-forward", request, owner.target().timeout());
    if (answer == null) {
      return null;
    }
    int real = port == 0 ? answer.getInt() : port;
    var listener = new RemoteListener(session, host, real);
    all(session).put(real, listener);
    session.addCloseFutureListener(_ -> listener.streams.add(Optional.empty()));
    return listener;
  }

  private static org.apache.sshd.common.util.buffer.Buffer request(
      ClientSession session, String name, boolean answered, String host, int port)
      throws IOException {
    var request = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    request.putString(name);
    request.putBoolean(answered);
    request.putString(host);
    request.putUInt(port);
    return request;
  }

  private static Map<Integer, RemoteListener> all(Session session) {
    return session.computeAttributeIfAbsent(ALL, _ -> new ConcurrentHashMap<>());
  }

  static Optional<RemoteListener> of(Session session, int port) {
    return Optional.ofNullable(all(session).get(port));
  }

  void offer(NetStream stream) {
    streams.add(Optional.of(stream));
  }

  @Override
  public NetStream accept() throws IOException {
    try {
      var next = streams.take();
      if (next.isPresent()) {
        return next.get();
      }
      streams.add(next); // for whoever asks again
      throw new IOException("The host listens no more at " + address() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting at " + address() + ".", e);
    }
  }

  @Override
  public String address() {
    return host + ":" + port;
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    all(session).remove(port);
    streams.add(Optional.empty());
    if (session.isOpen()) {
      var _ = session.writePacket(request(session, "cancel-tcpip-forward", false, host, port));
    }
  }
}
