package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.NetStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A stream that gives its place back when it is closed, by whichever of its ends. */
final class CountedStream implements NetStream {
  private final NetStream stream;
  private final Slots.Slot slot;
  private final InputStream input;
  private final OutputStream output;

  CountedStream(NetStream stream, Slots.Slot slot) {
    this.stream = stream;
    this.slot = slot;
    this.input =
        new FilterInputStream(stream.input()) {
          @Override
          public void close() throws IOException {
            CountedStream.this.close();
          }
        };
    this.output =
        new FilterOutputStream(stream.output()) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            CountedStream.this.close();
          }
        };
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
    stream.closeOutput();
  }

  @Override
  public void readTimeout(Duration limit) throws IOException {
    stream.readTimeout(limit);
  }

  @Override
  public String applicationProtocol() {
    return stream.applicationProtocol();
  }

  @Override
  public String peer() {
    return stream.peer();
  }

  @Override
  public void close() throws IOException {
    try {
      stream.close();
    } finally {
      slot.close();
    }
  }
}
