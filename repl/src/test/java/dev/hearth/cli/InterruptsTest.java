package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ctrl-C, once and twice. */
class InterruptsTest {
  private static final Instant T = Instant.parse("2026-11-23T04:10:12Z");
  private static final ErrorReport WHY =
      ErrorReport.of(new HearthException(CliError.RECIPE_FROM_INPUT));

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

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void while_steps_are_undone_the_first_one_says_that_it_stops_nothing() {
    interrupts.stopBy(stopped::incrementAndGet);
    interrupts.heard(new RunEvent.Undoing(T, WHY));
    interrupts.signalled();
    assertThat(err())
        .isEqualTo("\nUndoing what was done; once more ends it at once and leaves the rest.\n");
    assertThat(ended.getCount()).isEqualTo(1);
  }

  @Test
  void the_end_at_once_names_the_run_that_it_cuts_off() throws InterruptedException {
    interrupts.heard(new RunEvent.Started(T, "20261125-173257-hp3k", "template.js", false));
    interrupts.signalled();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(err())
        .isEqualTo(
            """

            Ended at once; what run 20261125-173257-hp3k did so far stays.
              next: hearth resume 20261125-173257-hp3k, or hearth undo 20261125-173257-hp3k
            """);
  }

  @Test
  void before_anything_runs_the_first_one_ends_at_once() throws InterruptedException {
    interrupts.signalled();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
