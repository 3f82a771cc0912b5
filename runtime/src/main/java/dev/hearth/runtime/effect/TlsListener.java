package dev.hearth.runtime.effect;

import java.io.IOException;

/**
 * Secures each accepted stream. A client that is slow with its handshake delays itself only: the
 * handshake happens when the stream is first read, by whoever serves it.
 */
final class TlsListener implements Listener {
  private final Listener below;
  private final Tls tls;

  TlsListener(Listener below, Tls tls) {
    this.below = below;
    this.tls = tls;
  }

  @Override
  public NetStream accept() throws IOException {
    return tls.server(below.accept());
  }

  @Override
  public String address() {
    return below.address();
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
