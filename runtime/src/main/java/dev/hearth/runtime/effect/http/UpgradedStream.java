package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.NetStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Socket;

/**
 * What is left of an HTTP connection after status 101. One thread reads while another writes and a
 * third one closes: okio's buffers are for one thread each, so each direction has its lock.
 */
final class UpgradedStream implements NetStream {
  private final Socket socket;
  private final BufferedSource source;
  private final BufferedSink sink;
  private final String peer;
  private final Runnable done;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final InputStream input;
  private final OutputStream output;

  UpgradedStream(Socket socket, String peer, Runnable done) {
    this.socket = socket;
    this.source = Okio.buffer(socket.getSource());
    this.sink = Okio.buffer(socket.getSink());
    this.peer = peer;
    this.done = done;
    this.input = new Input(source.inputStream());
    this.output = new Output(sink.outputStream());
    source.timeout().timeout(0, TimeUnit.NANOSECONDS);
    sink.timeout().timeout(0, TimeUnit.NANOSECONDS);
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
    writing.lock();
    try {
      sink.close();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void readTimeout(Duration limit) {
    source.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public String peer() {
    return peer;
  }

  /** Whoever reads or writes is interrupted by the end of the socket, and then gives its lock. */
  @Override
  public void close() {
    socket.cancel();
    letGo(reading, source);
    letGo(writing, sink);
    done.run();
  }

  /** Only with both ends closed OkHttp knows that nobody uses the connection any more. */
  private static void letGo(ReentrantLock lock, Closeable end) {
    lock.lock();
    try {
      end.close();
    } catch (IOException e) {
      // What was not sent yet cannot be sent any more: that is what closing means here.
    } finally {
      lock.unlock();
    }
  }

  /** Reads as one thread at a time. */
  private final class Input extends FilterInputStream {
    private Input(InputStream below) {
      super(below);
    }

    @Override
    public int read() throws IOException {
      reading.lock();
      try {
        return in.read();
      } finally {
        reading.unlock();
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      reading.lock();
      try {
        return in.read(bytes, offset, length);
      } finally {
        reading.unlock();
      }
    }

    @Override
    public void close() {
      UpgradedStream.this.close();
    }
  }

  /** Sends at once, as a socket does. */
  private final class Output extends FilterOutputStream {
    private Output(OutputStream below) {
      super(below);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writing.lock();
      try {
        out.write(bytes, offset, length);
        out.flush();
      } finally {
        writing.unlock();
      }
    }

    @Override
    public void close() {
      UpgradedStream.this.close();
    }
  }
}
