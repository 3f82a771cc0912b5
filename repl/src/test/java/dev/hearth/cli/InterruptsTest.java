package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ctrl-C, once and twice. */
class InterruptsTest {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger stopped = new AtomicInteger();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interrupts interrupts =
      new Interrupts(new PrintStream(err, true, StandardCharsets.UTF_8), ended::countDown);

  @Test
  void the_first_one_stops_gently_and_says_what_the_second_does() {
    interrupts.stopBy(stopped::incrementAndGet);
    interrupts.signalled();
    assertThat(stopped).hasValue(1);
    assertThat(ended.getCount()).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("once more ends it at once");
  }

  @Test
  void the_second_one_ends_at_once() throws InterruptedException {
    interrupts.stopBy(stopped::incrementAndGet);
    interrupts.signalled();
    interrupts.signalled();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped).hasValue(1);
  }

  @Test
  void before_anything_runs_the_first_one_ends_at_once() throws InterruptedException {
    interrupts.signalled();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
