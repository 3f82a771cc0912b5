package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A stream that is another's. */
abstract class ForwardedStream implements NetStream {
  private final NetStream stream;

  ForwardedStream(NetStream stream) {
    this.stream = stream;
  }

  @Override
  public InputStream input() {
    return stream.input();
  }

  @Override
  public OutputStream output() {
    return stream.output();
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
    stream.close();
  }
}
