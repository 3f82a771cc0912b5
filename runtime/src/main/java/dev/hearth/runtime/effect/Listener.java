package dev.hearth.runtime.effect;

import java.io.IOException;

/** An open ear for streams. */
public interface Listener extends AutoCloseable {
  /** Blocks for the next stream; fails with an {@link IOException} once closed. */
  NetStream accept() throws IOException;

  /** Where it really listens, for messages and for clients: {@code 127.0.0.1:8006}. */
  String address();

  @Override
  void close() throws IOException;
}
