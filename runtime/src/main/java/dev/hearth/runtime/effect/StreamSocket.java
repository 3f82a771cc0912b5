package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link NetStream} in the clothes of a socket, for libraries that want one. It opens nothing
 * itself: {@link #connect} asks {@link #open}, whatever address the library thinks it connects to.
 */
public abstract class StreamSocket extends Socket {
  private volatile @Nullable NetStream stream;
  private volatile boolean closed;
  private volatile int timeoutMillis;
  private final int port;

  /**
   * A socket that is not connected yet.
   *
   * @param port what {@link #getPort} says; TLS keeps its sessions by host and port
   */
  protected StreamSocket(int port) throws SocketException {
    super((SocketImpl) null);
    this.port = port;
  }

  /** A socket that is a stream which is already open. */
  public static StreamSocket over(NetStream stream) throws IOException {
    return over(stream, 0);
  }

  static StreamSocket over(NetStream stream, int port) throws IOException {
    var socket =
        new StreamSocket(port) {
          @Override
          protected NetStream open(Duration timeout) {
            return stream;
          }
        };
    socket.connect(null, 0);
    return socket;
  }

  /**
   * Opens the stream behind this socket.
   *
   * @param timeout the most it may take; zero when there is no limit
   */
  protected abstract NetStream open(Duration timeout) throws IOException;

  @Override
  public final void connect(@Nullable SocketAddress endpoint, int timeout) throws IOException {
    var opened = open(Duration.ofMillis(timeout));
    opened.readTimeout(Duration.ofMillis(timeoutMillis));
    stream = opened;
    if (closed) {
      opened.close();
      throw new SocketException("The socket was closed while it connected.");
    }
  }

  @Override
  public final void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  private NetStream stream() throws SocketException {
    var current = stream;
    if (closed || current == null) {
      throw new SocketException(closed ? "The socket is closed." : "The socket is not connected.");
    }
    return current;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return stream().input();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return stream().output();
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    timeoutMillis = timeout;
    var current = stream;
    if (current != null) {
      try {
        current.readTimeout(Duration.ofMillis(timeout));
      } catch (SocketException e) {
        throw e;
      } catch (IOException e) {
        throw new SocketException("The read time-out could not be set.", e);
      }
    }
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public void shutdownOutput() throws IOException {
    stream().closeOutput();
  }

  @Override
  public void shutdownInput() {
    // The reader just stops reading; a stream has no such half.
  }

  @Override
  public boolean isConnected() {
    return stream != null;
  }

  @Override
  public boolean isBound() {
    return stream != null;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    var current = stream;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    return stream == null ? null : new InetSocketAddress(getInetAddress(), getPort());
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress(); // libraries want one to print; the stream knows better
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return stream == null ? null : new InetSocketAddress(getLocalAddress(), getLocalPort());
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public int getLocalPort() {
    return 0;
  }

  @Override
  public int getSoLinger() {
    return 0; // lets JSSE close at once, instead of waiting for a writer that is blocked
  }

  @Override
  public void setSoLinger(boolean on, int linger) {}

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public boolean getKeepAlive() {
    return false;
  }

  @Override
  public void setTrafficClass(int trafficClass) {}

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public String toString() {
    var current = stream;
    return current == null ? "a socket that is not connected" : current.peer();
  }
}
