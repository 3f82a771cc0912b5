package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.run.ledger.LedgerBinding;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.storage.Compressed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old runs go, and what is kept for long is compressed; nothing that somebody may go on with. */
class RunTidyingTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
  private static final RunRetention KEEP_ALL = new RunRetention(1_000, Duration.ofDays(1));

  private final Path temp;
  private final Path state;
  private final SteppingClock clock = new SteppingClock();
  private final RunStore store;
  private final RunTidying tidying;

  RunTidyingTest(@TempDir Path temp) {
    this.temp = temp;
    this.state = Places.in(temp.resolve("home")).state();
    this.store = new RunStore(state, clock);
    this.tidying = new RunTidying(store, state, new Patient());
  }

  /** The same time, and no time passes for whoever waits. */
  private final class Patient implements Clock {
    @Override
    public Instant now() {
      return clock.now();
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      throw new UnsupportedOperationException("Nothing here waits.");
    }
  }

  private String run(Instant at, Status status) {
    clock.set(at);
    var journal = store.create(RunFixture.start(), new Redaction(), RunLimits.DEFAULT);
    var steps = new Steps(journal, clock, event -> {});
    steps.begin("create", StepEffect.UNDOABLE, false);
    journal.log(RunEvent.Logged.Level.INFO, "recipe", "hello ".repeat(1_000), Map.of());
    steps.finished("create", RunFixture.json("{\"vmid\":9000}"));
    journal.finish(new RunResult(journal.run(), status, null, null, 0, Duration.ofSeconds(3)));
    return journal.run();
  }

  private Path journal(String run) {
    return state.resolve("runs").resolve(run).resolve("journal.jsonl");
  }

  private List<String> left() {
    return store.list(100).stream().map(RunSummary::run).toList();
  }

  @Test
  void a_run_goes_when_it_is_neither_among_the_latest_nor_young() {
    var runs =
        IntStream.range(0, 6)
            .mapToObj(day -> run(MONDAY.plus(Duration.ofDays(day)), Status.DONE))
            .toList();
    clock.set(MONDAY.plus(Duration.ofDays(6)));
    assertThat(tidying.whenDue(() -> new RunRetention(2, Duration.ofDays(3))).removed())
        .isEqualTo(3);
    assertThat(left()).containsExactly(runs.get(5), runs.get(4), runs.get(3));
  }

  @Test
  void what_can_be_gone_on_with_stays_for_ever_and_as_it_is() {
    var stopped = run(MONDAY, Status.STOPPED);
    clock.set(MONDAY);
    var running = store.create(RunFixture.start(), new Redaction(), RunLimits.DEFAULT).run();
    clock.set(MONDAY.plus(Duration.ofDays(3_650)));
    var done = tidying.whenDue(() -> new RunRetention(0, Duration.ofDays(1)));
    assertThat(done).isEqualTo(new RunTidying.Done(0, 0, true));
    assertThat(left()).containsExactlyInAnyOrder(stopped, running);
    assertThat(journal(stopped)).exists();
    assertThat(journal(running)).exists();
  }

  @Test
  void it_is_done_once_a_day_and_not_for_ever_after_a_clock_ran_ahead() {
    run(MONDAY, Status.DONE);
    var asked = new ArrayList<Instant>();
    for (var at :
        List.of(
            MONDAY,
            MONDAY.plus(Duration.ofHours(23)),
            MONDAY.plus(Duration.ofHours(25)),
            Instant.parse("2106-01-01T00:00:00Z"),
            MONDAY.plus(Duration.ofDays(2)))) {
      clock.set(at);
      tidying.whenDue(
          () -> {
            asked.add(at);
            return KEEP_ALL;
          });
    }
    assertThat(asked)
        .containsExactly(
            MONDAY,
            MONDAY.plus(Duration.ofHours(25)),
            Instant.parse("2106-01-01T00:00:00Z"),
            MONDAY.plus(Duration.ofDays(2)));
  }

  @Test
  void whoever_waits_waits_for_a_moment_and_the_rest_is_done_after_the_next_run() {
    for (int n = 0; n < 3; n++) {
      run(MONDAY.plusSeconds(n), Status.DONE);
    }
    clock.set(MONDAY.plus(Duration.ofDays(8)));
    var hurried = new RunTidying(store, state, clock); // for which a second passes at each look
    assertThat(hurried.whenDue(() -> KEEP_ALL)).isEqualTo(new RunTidying.Done(0, 0, false));
    assertThat(tidying.whenDue(() -> KEEP_ALL)).isEqualTo(new RunTidying.Done(0, 3, true));
  }

  @Test
  void where_there_are_no_runs_nothing_is_made() {
    assertThat(tidying.whenDue(() -> KEEP_ALL).isComplete()).isTrue();
    assertThat(state).doesNotExist();
  }

  @Test
  void what_is_compressed_is_read_as_before() throws Exception {
    var run = run(MONDAY, Status.DONE);
    var before = store.show(run);
    var size = Files.size(journal(run));
    clock.set(MONDAY.plus(Duration.ofDays(8)));
    assertThat(tidying.whenDue(() -> KEEP_ALL)).isEqualTo(new RunTidying.Done(0, 1, true));

    var compressed = Compressed.of(journal(run));
    assertThat(journal(run)).doesNotExist();
    assertThat(Files.size(compressed)).isLessThan(size / 4);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(compressed)))
        .isEqualTo("rw-------");
    var after = store.show(run);
    assertThat(after.steps()).isEqualTo(before.steps());
    assertThat(after.summary()).isEqualTo(before.summary());
    assertThat(after.journal()).isEqualTo(compressed.toString());
    assertThat(store.list(1)).containsExactly(before.summary());
    var log = new ArrayList<RunEvent.Logged>();
    store.readLog(run, log::add);
    store.followLog(run, log::add);
    assertThat(log).hasSize(2);
  }

  @Test
  void a_run_that_is_compressed_can_still_be_undone() throws Exception {
    var recipe =
        Files.writeString(
            temp.resolve("recipe.js"),
            """
            import { ledger } from 'hearth:ledger';
            export default ({ step }) => step('one', () => ledger.add('1'), { undo: (line) => ledger.remove(line) });
            """);
    var file = temp.resolve("ledger");
    var hearth =
        Hearth.builder()
            .home(temp.resolve("home"))
            .bindings(List.of(new LedgerBinding(file, () -> {})))
            .environment(name -> Optional.empty())
            .build();
    var result = hearth.run(RunRequest.of(recipe));
    assertThat(store.compressed(result.run())).isTrue();
    assertThat(journal(result.run())).doesNotExist();

    var undone = hearth.takeUp(TakeUpRequest.undo(result.run()), event -> {}).await();
    assertThat(undone.status()).isEqualTo(Status.UNDONE);
    assertThat(LedgerBinding.lines(file)).isEmpty();
    assertThat(Compressed.of(journal(result.run()))).doesNotExist();
    assertThat(store.show(result.run()).problems()).isEmpty();
  }

  @Test
  void one_that_is_damaged_says_so_and_hinders_no_other() throws Exception {
    var damaged = run(MONDAY, Status.DONE);
    var whole = run(MONDAY.plusSeconds(60), Status.DONE);
    assertThat(store.compressed(damaged)).isTrue();
    var gzip = Files.readAllBytes(Compressed.of(journal(damaged)));
    Files.write(Compressed.of(journal(damaged)), java.util.Arrays.copyOf(gzip, gzip.length / 2));

    assertThat(store.list(10))
        .extracting(RunSummary::run, RunSummary::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(whole, RunState.DONE),
            org.assertj.core.groups.Tuple.tuple(damaged, RunState.UNREADABLE));
    assertThatThrownBy(() -> store.show(damaged))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(RunError.JOURNAL_NOT_READ));
    clock.set(MONDAY.plus(Duration.ofDays(3_650)));
    assertThat(tidying.whenDue(() -> new RunRetention(0, Duration.ofDays(1))).removed())
        .isEqualTo(1);
    assertThat(left()).containsExactly(damaged);
  }
}
