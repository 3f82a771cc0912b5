package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.NetStream;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * What MINA takes for the network: a connector that connects to nothing, but takes the stream that
 * the context of the connection brings along. Who opened that stream has passed the gate.
 */
final class StreamTransport extends AbstractCloseable implements IoServiceFactory, IoConnector {
  /** Where the context of a connection has its stream. */
  static final AttributeRepository.AttributeKey<NetStream> STREAM =
      new AttributeRepository.AttributeKey<>();

  private final IoHandler handler;
  private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();

  StreamTransport(IoHandler handler) {
    this.handler = handler;
  }

  @Override
  public IoConnector createConnector(IoHandler handler) {
    return new StreamTransport(handler);
  }

  @Override
  public IoAcceptor createAcceptor(IoHandler handler) {
    throw new UnsupportedOperationException("Whoever listens, listens through Net.");
  }

  @Override
  public IoConnectFuture connect(
      SocketAddress target, @Nullable AttributeRepository context, @Nullable SocketAddress local) {
    var future = new DefaultIoConnectFuture(target, null);
    var stream = context == null ? null : context.getAttribute(STREAM);
    if (context == null || stream == null) {
      throw new IllegalArgumentException("A connection to " + target + " brought no stream.");
    }
    try {
      var session = new StreamSession(this, handler, target, stream);
      session.setAttribute(AttributeRepository.class, context);
      handler.sessionCreated(session);
      sessions.put(session.getId(), session);
      session.addCloseFutureListener(_ -> sessions.remove(session.getId()));
      future.setSession(session);
      session.start();
    } catch (Exception e) {
      future.setException(e);
    }
    return future;
  }

  @Override
  public Map<Long, IoSession> getManagedSessions() {
    return sessions;
  }

  @Override
  public @Nullable IoServiceEventListener getIoServiceEventListener() {
    return null;
  }

  @Override
  public void setIoServiceEventListener(@Nullable IoServiceEventListener listener) {
    // There is nothing to tell: whoever made the stream knows of it.
  }
}
