package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/**
 * Sockets that lead where one contact goes, whatever address OkHttp thinks it connects to: the way
 * is chosen, and the name resolved, by the {@code Net} behind it.
 */
final class Dialer extends SocketFactory {
  private final NetAddress target;
  private final NetAddress first;
  private final Supplier<NetStream> dial;

  /**
   * Sockets that lead somewhere.
   *
   * @param first who has to answer before the target does: a proxy, or the target itself
   */
  Dialer(NetAddress target, NetAddress first, Supplier<NetStream> dial) {
    this.target = target;
    this.first = first;
    this.dial = dial;
  }

  @Override
  public Socket createSocket() throws SocketException {
    return new StreamSocket(target.port()) {
      @Override
      protected NetStream open(Duration timeout) throws IOException {
        return dialWithin(timeout);
      }
    };
  }

  /** Dials on a thread of its own, so that a time-out or an interrupt need not wait for it. */
  private NetStream dialWithin(Duration timeout) throws IOException {
    var dialled = new CompletableFuture<NetStream>();
    var dialling = Thread.ofVirtual().name("connect " + target).start(() -> dial(dialled));
    try {
      return timeout.isZero()
          ? dialled.get()
          : dialled.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("Connecting failed.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("Connecting was interrupted.");
      interrupted.initCause(e);
      throw interrupted;
    } catch (TimeoutException e) {
      var limit = new Timeouts(timeout, timeout, Duration.ZERO);
      throw new IOException(
          "Connecting took too long.",
          new HearthException(NetError.CONNECT_TIMEOUT, first, limit).causedBy(e));
    } finally {
      dialled.cancel(false); // nobody waits any more: a stream that comes now is closed
      dialling.interrupt();
    }
  }

  private void dial(CompletableFuture<NetStream> dialled) {
    try {
      var stream = dial.get();
      if (!dialled.complete(stream)) {
        stream.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      dialled.completeExceptionally(e);
    }
  }

  private static IOException onlyUnconnected() {
    return new SocketException("Only sockets that are not connected yet are made here.");
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw onlyUnconnected();
  }
}
