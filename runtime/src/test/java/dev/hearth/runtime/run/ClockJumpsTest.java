package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.permission.GrantPrompt.Answer;
import dev.hearth.runtime.permission.GrantPrompt.Lasting;
import dev.hearth.runtime.secret.Redaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that is set back and ahead while Hearth runs, and between its runs. */
class ClockJumpsTest {
  private static final Instant BACK = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant AHEAD = Instant.parse("2106-02-07T06:28:16Z");

  private final Path temp;
  private final SteppingClock clock = new SteppingClock();
  private final RunStore store;

  ClockJumpsTest(@TempDir Path temp) {
    this.temp = temp;
    this.store = new RunStore(temp, clock);
  }

  private Journal begin() {
    return store.create(RunFixture.start(), new Redaction(), RunLimits.DEFAULT);
  }

  private String run(Instant at) {
    clock.set(at);
    var journal = begin();
    journal.finish(new RunResult(journal.run(), Status.DONE, null, null, 0, Duration.ofSeconds(3)));
    return journal.run();
  }

  @Test
  void durations_are_those_of_a_clock_that_nobody_sets() {
    var run = new RunFixture(temp);
    run.steps.begin("one", StepEffect.LASTING, false);
    run.clock.set(BACK);
    run.steps.finished("one", null);
    run.clock.set(AHEAD);
    run.steps.begin("two", StepEffect.LASTING, false);
    run.steps.finished("two", null);
    run.clock.set(BACK);
    run.finish(Status.DONE, null, null);

    var shown = run.store.show(run.journal.run());
    assertThat(shown.steps())
        .extracting(RunDetails.Step::duration)
        .containsOnly(Duration.ofSeconds(1));
    assertThat(shown.summary().took()).isEqualTo(Duration.ofSeconds(9));
    assertThat(shown.summary().state()).isEqualTo(RunState.DONE);
    assertThat(shown.problems()).isEmpty();
  }

  @Test
  void a_run_that_stopped_before_the_clock_was_set_back_is_resumed() throws Exception {
    var recipe =
        Files.writeString(
            temp.resolve("recipe.js"),
            """
        export default async ({ step }) => {
          const one = await step('one', () => 1);
          await step('two', () => fetch('http://127.0.0.1:9/'), { readOnly: true });
          return one;
        };
        """);
    var hearth = hearth().build();
    var first = hearth.run(RunRequest.of(recipe));
    assertThat(first.status()).isEqualTo(Status.STOPPED);
    for (var time : List.of(BACK, AHEAD, BACK)) {
      clock.set(time);
      var again = hearth.takeUp(TakeUpRequest.resume(first.run()), event -> {}).await();
      assertThat(again.status()).isEqualTo(Status.STOPPED);
      assertThat(again.duration()).isPositive();
    }
    var undone = hearth.surroundings().runs().show(first.run());
    assertThat(undone.steps()).extracting(RunDetails.Step::name).containsExactly("one", "two");
  }

  private Hearth.Builder hearth() {
    return Hearth.builder()
        .home(temp.resolve("home"))
        .bindings(List.of())
        .environment(name -> Optional.empty())
        .clock(clock);
  }

  @Test
  void each_run_has_an_id_of_its_own_and_the_list_is_in_the_order_of_the_clock() {
    var times =
        List.of(
            Instant.parse("2026-11-23T00:00:00Z"),
            AHEAD,
            BACK,
            AHEAD,
            Instant.parse("2026-11-24T00:00:00Z"));
    var ids = new ArrayList<String>();
    times.forEach(time -> ids.add(run(time)));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(store.list(10)).extracting(RunSummary::run).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(store.list(10))
        .extracting(RunSummary::started)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    ids.forEach(id -> assertThat(store.find(id)).isEqualTo(id));
  }

  @Test
  void a_clock_that_runs_ahead_takes_none_of_the_latest_runs_away() {
    var old = run(Instant.parse("2026-11-23T00:00:00Z"));
    var open = begin().run(); // goes on
    clock.set(AHEAD);
    var latest = run(AHEAD);
    assertThat(store.prune(new RunRetention(2, Duration.ZERO))).isEmpty();
    assertThat(store.prune(new RunRetention(1, Duration.ofDays(3_650)))).containsExactly(old);
    assertThat(store.list(10)).extracting(RunSummary::run).containsExactly(latest, open);
  }

  @Test
  void a_lock_is_held_whatever_the_clock_says() {
    var locks = new RunLocks(temp, clock);
    clock.set(AHEAD);
    var held = locks.take("vm/100");
    clock.set(BACK);
    assertThatThrownBy(() -> locks.take("vm/100"))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(RunError.LOCKED));
    held.release();
    locks.take("vm/100").release();
  }

  @Test
  void what_was_allowed_for_good_holds_when_the_clock_is_set_back() throws Exception {
    var recipe =
        Files.writeString(
            temp.resolve("reads.js"),
            "export const recipe = { permissions: { env: ['HOME'] } }; export default () => 1;");
    var asked = new ArrayList<String>();
    var hearth =
        hearth()
            .grantPrompt(
                question -> {
                  asked.add(question.recipe());
                  return new Answer(new LinkedHashSet<>(question.needs()), Lasting.ALWAYS);
                })
            .build();
    clock.set(AHEAD);
    assertThat(hearth.run(RunRequest.of(recipe)).exitStatus()).isZero();
    clock.set(BACK);
    assertThat(hearth.run(RunRequest.of(recipe)).exitStatus()).isZero();
    assertThat(asked).hasSize(1);
  }
}
