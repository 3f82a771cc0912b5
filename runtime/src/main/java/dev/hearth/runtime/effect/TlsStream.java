package dev.hearth.runtime.effect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
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
  private volatile boolean closed;

  TlsStream(SSLSocket socket, NetStream below) throws IOException {
    this.socket = socket;
    this.below = below;
    this.input = new Input(socket.getInputStream());
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
    closed = true;
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

  /** The JDK shows our own closing as the peer's end; a reader must be able to tell. */
  private final class Input extends FilterInputStream {
    private Input(InputStream below) {
      super(below);
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return checked(super.read(target, offset, length));
    }

    private int checked(int read) throws IOException {
      if (read < 0 && closed) {
        throw new SocketException("The stream is closed.");
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      TlsStream.this.close();
    }
  }
}
