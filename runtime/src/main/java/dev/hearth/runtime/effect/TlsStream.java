package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** TLS over another stream, by the JDK. */
final class TlsStream implements NetStream {
  /** How long a peer that has stopped reading may keep us from saying good-bye. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final SSLSocket socket;
  private final NetStream below;
  private final InputStream input;
  private final OutputStream output;

  TlsStream(SSLSocket socket, NetStream below) throws IOException {
    this.socket = socket;
    this.below = below;
    this.input = socket.getInputStream();
    this.output = socket.getOutputStream();
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
    socket.shutdownOutput();
  }

  @Override
  public void readTimeout(Duration limit) throws IOException {
    below.readTimeout(limit);
  }

  @Override
  public String applicationProtocol() {
    var agreed = socket.getApplicationProtocol();
    return agreed == null ? "" : agreed;
  }

  @Override
  public String peer() {
    return below.peer();
  }

  @Override
  public void close() throws IOException {
    var guard = Thread.ofVirtual().start(this::closeBelowAfterFarewell);
    try {
      socket.close();
    } finally {
      guard.interrupt();
      below.close();
    }
  }

  private void closeBelowAfterFarewell() {
    try {
      Thread.sleep(FAREWELL);
      below.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it closed in time
    } catch (IOException e) {
      throw new IllegalStateException("Closing the stream of " + peer() + " failed.", e);
    }
  }
}
