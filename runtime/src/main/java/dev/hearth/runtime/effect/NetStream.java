package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Two directions of bytes between this program and a peer, whatever carries them. One thread may
 * read while another writes. Interrupting a thread that is blocked here closes the stream.
 */
public interface NetStream extends AutoCloseable {
  /** What the peer sends; closing it closes the stream. */
  InputStream input();

  /** What the peer gets; closing it closes the stream. */
  OutputStream output();

  /** Says that nothing more will be written: the peer reads the end and can still answer. */
  void closeOutput() throws IOException;

  /**
   * Limits each read that follows: one that gets nothing for so long fails with a {@link
   * java.net.SocketTimeoutException}. Zero, the default, waits for ever.
   */
  void readTimeout(Duration limit) throws IOException;

  /** What TLS agreed on by ALPN, such as {@code h2}; empty without TLS or agreement. */
  default String applicationProtocol() {
    return "";
  }

  /** The peer, for messages: {@code 10.0.0.5:8006}, {@code unix:/run/docker.sock}. */
  String peer();

  /** Ends both directions; blocked reads and writes fail with an {@link IOException}. */
  @Override
  void close() throws IOException;
}
