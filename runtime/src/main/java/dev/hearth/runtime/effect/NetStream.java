package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Two directions of bytes between this program and a peer, whatever carries them. */
public interface NetStream extends AutoCloseable {
  InputStream input();

  OutputStream output();

  /** The peer, for messages: {@code 10.0.0.5:8006}, {@code unix:/run/docker.sock}. */
  String peer();

  /** Ends both directions; blocked reads and writes fail with an {@link IOException}. */
  @Override
  void close() throws IOException;
}
