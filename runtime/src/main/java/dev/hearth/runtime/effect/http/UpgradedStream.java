package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.NetStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Socket;

/** What is left of an HTTP connection after status 101. */
final class UpgradedStream implements NetStream {
  private final Socket socket;
  private final BufferedSource source;
  private final BufferedSink sink;
  private final String peer;
  private final Runnable done;
  private final OutputStream output;

  UpgradedStream(Socket socket, String peer, Runnable done) {
    this.socket = socket;
    this.source = Okio.buffer(socket.getSource());
    this.sink = Okio.buffer(socket.getSink());
    this.peer = peer;
    this.done = done;
    this.output = new Output(sink.outputStream());
    source.timeout().timeout(0, TimeUnit.NANOSECONDS);
    sink.timeout().timeout(0, TimeUnit.NANOSECONDS);
  }

  @Override
  public InputStream input() {
    return source.inputStream();
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void closeOutput() throws IOException {
    sink.close();
  }

  @Override
  public void readTimeout(Duration limit) {
    source.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void close() {
    socket.cancel();
    // Until both ends are closed, too, OkHttp takes the connection for one that somebody forgot.
    for (Closeable end : List.of(sink, source)) {
      try {
        end.close();
      } catch (IOException cancelled) {
        // What was still to be said, nobody hears.
      }
    }
    done.run();
  }

  /** Sends at once, as a socket does. */
  private final class Output extends FilterOutputStream {
    private Output(OutputStream below) {
      super(below);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      out.flush();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      out.flush();
    }

    @Override
    public void close() {
      UpgradedStream.this.close();
    }
  }
}
