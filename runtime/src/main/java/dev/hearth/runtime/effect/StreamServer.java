package dev.hearth.runtime.effect;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Serves every stream of a {@link Listener}, each on a virtual thread of its own, until closed. */
public final class StreamServer implements AutoCloseable {
  /** How long the thread that accepts may take to notice that there is nothing more to accept. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Listener listener;
  private final StreamService service;
  private final BiConsumer<String, Exception> failures;
  private final Set<NetStream> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private volatile boolean closed;

  private StreamServer(
      Listener listener, StreamService service, BiConsumer<String, Exception> failures) {
    this.listener = listener;
    this.service = service;
    this.failures = failures;
    this.acceptor =
        Thread.ofVirtual().name("accept " + listener.address()).unstarted(this::acceptAll);
  }

  /**
   * Starts serving.
   *
   * @param failures told, with the peer, about each stream that ended with an exception; a client
   *     that just goes away is one
   */
  public static StreamServer start(
      Listener listener, StreamService service, BiConsumer<String, Exception> failures) {
    var server = new StreamServer(listener, service, failures);
    server.acceptor.start();
    return server;
  }

  /** Where it really listens: {@code 127.0.0.1:8006}. */
  public String address() {
    return listener.address();
  }

  private void acceptAll() {
    try {
      while (true) {
        var stream = listener.accept();
        open.add(stream);
        if (closed) {
          stream.close(); // accepted while the server closed
        }
        Thread.ofVirtual().name("serve " + stream.peer()).start(() -> serve(stream));
      }
    } catch (IOException e) {
      if (!closed) {
        failures.accept(listener.address(), e);
      }
    }
  }

  private void serve(NetStream stream) {
    try (stream) {
      service.serve(stream);
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        failures.accept(stream.peer(), e);
      }
    } finally {
      open.remove(stream);
    }
  }

  /** Stops listening and closes every stream. The address is free again when it returns. */
  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    // A channel on which a virtual thread waits is closed by that thread, when it gets a processor.
    try {
      var _ = acceptor.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var stream : open) {
      stream.close();
    }
  }
}
