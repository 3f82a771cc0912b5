package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamTargetTest {
  private final AtomicInteger closed = new AtomicInteger();

  /** A stream that has nothing, for as long as nobody stops it. */
  private OpStream<Integer> silent() {
    return new OpStream<>() {
      @Override
      public Integer next() throws InterruptedException {
        new CountDownLatch(1).await();
        return 1;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  /** Who closes may come between any two steps of who begins to read, so it is tried often. */
  @Test
  void a_stream_that_is_closed_as_it_is_read_ends() throws Exception {
    for (int n = 0; n < 50_000; n++) {
      var target = new StreamTarget("silent", silent(), 100);
      var next = target.prepare("next", null, null);
      var reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      next.perform();
                    } catch (Throwable interrupted) {
                      // That is one way to end.
                    }
                  });
      var closer = Thread.ofVirtual().start(target::close);
      assertThat(closer.join(Duration.ofSeconds(20))).as("closed, at try %d", n).isTrue();
      assertThat(reader.join(Duration.ofSeconds(20))).as("read, at try %d", n).isTrue();
    }
    assertThat(closed).hasValue(50_000);
  }
}
