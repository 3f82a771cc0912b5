package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunEvent.Logged;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a run, read while it is written. */
class RunLogTest {
  private final Path state;
  private final RunFixture run;
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  RunLogTest(@TempDir Path state) {
    this.state = state;
    this.run = new RunFixture(state);
  }

  private void log(String message) {
    run.journal.log(Logged.Level.INFO, "", message, Map.of());
  }

  private CompletableFuture<Void> follow() {
    var over = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                new RunStore(state, Clock.system())
                    .followLog(run.journal.run(), line -> seen.add(line.message()));
                over.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                over.completeExceptionally(e);
              }
            });
    return over;
  }

  private String next() throws InterruptedException {
    return String.valueOf(seen.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void lines_are_told_as_they_come_and_it_ends_with_the_run() throws Exception {
    log("one");
    var over = follow();
    assertThat(next()).isEqualTo("one");
    log("two");
    assertThat(next()).isEqualTo("two");
    assertThat(over).isNotDone();
    run.finish(RunResult.Status.DONE, null, null);
    over.get(20, TimeUnit.SECONDS);
    assertThat(seen).isEmpty();
  }

  @Test
  void it_ends_when_the_journal_was_given_up_without_an_end() throws Exception {
    log("one");
    run.damage("{\"v\":1,\"type\":\"lo".getBytes(StandardCharsets.UTF_8));
    run.journal.close();
    follow().get(20, TimeUnit.SECONDS);
    assertThat(List.copyOf(seen)).containsExactly("one");
  }
}
