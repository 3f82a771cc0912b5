package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream over a channel of the operating system. Channels, unlike {@code java.net.Socket}, give
 * way to an interrupt on every kind of thread.
 */
final class ChannelStream implements NetStream {
  private final SocketChannel channel;
  private final String peer;
  private final InputStream input;
  private final OutputStream output;
  private final boolean tcp;
  private volatile Duration readTimeout = Duration.ZERO;

  private ChannelStream(SocketChannel channel, String peer, boolean tcp) throws IOException {
    this.channel = channel;
    this.peer = peer;
    this.tcp = tcp;
    this.input = tcp ? channel.socket().getInputStream() : new UnixInput(channel);
    this.output = Channels.newOutputStream(channel);
  }

  static ChannelStream tcp(SocketChannel channel) throws IOException {
    channel.socket().setTcpNoDelay(true);
    return new ChannelStream(
        channel, literal((InetSocketAddress) channel.getRemoteAddress()), true);
  }

  static ChannelStream unix(SocketChannel channel, String peer) throws IOException {
    return new ChannelStream(channel, peer, false);
  }

  /** An address without the name it may have come from. */
  static String literal(InetSocketAddress address) {
    return new NetAddress(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void closeOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void readTimeout(Duration limit) throws IOException {
    readTimeout = limit;
    if (tcp) {
      channel.socket().setSoTimeout(Math.toIntExact(limit.toMillis()));
    }
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The JDK has no read time-out for Unix sockets: here one that passes closes the channel. */
  private final class UnixInput extends BlockFilter {
    private UnixInput(SocketChannel channel) {
      super(Channels.newInputStream(channel));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (readTimeout.isZero()) {
        return in.read(target, offset, length);
      }
      var decided = new AtomicBoolean();
      var timer = Thread.ofVirtual().start(() -> closeAfter(readTimeout, decided));
      try {
        int count = in.read(target, offset, length);
        if (decided.compareAndSet(false, true)) {
          return count;
        }
        throw timedOut();
      } catch (IOException e) {
        if (decided.compareAndSet(false, true)) {
          throw e;
        }
        throw timedOut();
      } finally {
        timer.interrupt();
      }
    }

    private void closeAfter(Duration limit, AtomicBoolean decided) {
      try {
        Thread.sleep(limit);
        if (decided.compareAndSet(false, true)) {
          channel.close();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the read ended in time
      } catch (IOException e) {
        throw new IllegalStateException("Closing the socket of " + peer + " failed.", e);
      }
    }

    private SocketTimeoutException timedOut() {
      return new SocketTimeoutException(peer + " sent nothing for " + readTimeout + ".");
    }
  }
}
