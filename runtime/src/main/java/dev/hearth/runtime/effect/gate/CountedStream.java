package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.NetStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream that gives its place back when it is closed, by whichever of its ends. */
final class CountedStream extends ForwardedStream {
  private final Slots.Slot slot;
  private final InputStream input;
  private final OutputStream output;

  CountedStream(NetStream stream, Slots.Slot slot) {
    super(stream);
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
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      slot.close();
    }
  }
}
