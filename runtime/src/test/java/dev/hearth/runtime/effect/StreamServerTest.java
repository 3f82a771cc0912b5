package dev.hearth.runtime.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StreamServerTest {
  private static final EnumSet<Thread.State> AT_REST =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  /** Until then it holds the address: a channel is closed by the thread that waits on it. */
  @Test
  void a_server_is_closed_once_its_last_accept_has_returned() throws Exception {
    var listener = new SlowlyClosed();
    var server = StreamServer.start(listener, stream -> {}, (peer, failure) -> {});
    listener.accepting.await();

    var closing = Thread.ofPlatform().start(() -> closes(server));
    listener.closed.await();
    while (!AT_REST.contains(closing.getState())) {
      Thread.onSpinWait();
    }
    assertThat(closing.isAlive()).isTrue();

    listener.released.countDown();
    closing.join();
  }

  private static void closes(StreamServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Notices only when released that it was closed. */
  private static final class SlowlyClosed implements Listener {
    final CountDownLatch accepting = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @Override
    public NetStream accept() throws IOException {
      accepting.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public String address() {
      return "127.0.0.1:1";
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
