package dev.hearth.runtime.run;

import static dev.hearth.runtime.run.RunFixture.error;
import static dev.hearth.runtime.run.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.run.Steps.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps as the engine tells them, with their journal on a real disk. */
class StepsTest {
  private final RunFixture run;
  private final Steps steps;

  StepsTest(@TempDir Path state) {
    run = new RunFixture(state);
    steps = run.steps;
  }

  @Test
  void a_step_is_in_the_journal_before_its_function_is_called_and_before_the_next_line_runs() {
    steps.begin("create", StepEffect.UNDOABLE, false);
    assertThat(run.lines().getLast())
        .isEqualTo(
            json(
                """
                {"v":1,"type":"step-started","time":"2026-11-23T03:54:03Z",
                 "step":"create","effect":"undoable"}
                """));

    steps.finished("create", json("{\"vmid\":9000}"));
    assertThat(run.lines().getLast())
        .isEqualTo(
            json(
                """
                {"v":1,"type":"step-finished","time":"2026-11-23T03:54:05Z",
                 "step":"create","duration":"PT1S","result":{"vmid":9000}}
                """));
  }

  @Test
  void events_tell_what_the_journal_tells() {
    steps.begin("create", StepEffect.LASTING, false);
    steps.finished("create", null);
    steps.begin("start", StepEffect.LASTING, false);
    steps.failed("start", error("The task failed."));

    assertThat(run.events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("StepStarted", "StepFinished", "StepStarted", "StepFinished");
    assertThat(run.events.getLast())
        .isInstanceOfSatisfying(
            RunEvent.StepFinished.class,
            end -> {
              assertThat(end.error()).isEqualTo(error("The task failed."));
              assertThat(end.duration()).isPositive().isLessThan(Duration.ofMinutes(1));
            });
  }

  @Test
  void undefined_and_null_are_told_apart() {
    steps.begin("nothing", StepEffect.LASTING, false);
    steps.finished("nothing", null);
    assertThat(run.lines().getLast().has("result")).isFalse();

    steps.begin("null", StepEffect.LASTING, false);
    steps.finished("null", json("null"));
    assertThat(run.lines().getLast().get("result").isNull()).isTrue();
  }

  @Test
  void a_name_used_twice_is_refused_and_the_error_says_how_to_name_steps_in_loops() {
    steps.begin("create", StepEffect.LASTING, false);
    steps.finished("create", null);

    assertThatThrownBy(() -> steps.begin("create", StepEffect.LASTING, false))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("run.step-repeated");
              assertThat(e.sentence())
                  .isEqualTo("There are two steps with the name `create` in this run.");
              assertThat(e.hint())
                  .isEqualTo(
                      "Give each its own name; in a loop and in `Promise.all` add what differs:"
                          + " step(`create ${item.name}`, …).");
            });
    assertThat(run.lines()).hasSize(3); // the refused one left no trace
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a\nb", "a\u0000", "\u001b[2J", "safe\u202egnp.exe", "\ud800", "a\u2028"})
  void names_that_a_terminal_cannot_show_are_refused(String name) {
    assertThatThrownBy(() -> steps.begin(name, StepEffect.LASTING, false))
        .isInstanceOf(HearthException.class)
        .message()
        .doesNotContain("\u001b", "\u202e", "\u0000");
  }

  @Test
  void an_endless_name_is_refused() {
    assertThatThrownBy(() -> steps.begin("x".repeat(1_000_000), StepEffect.LASTING, false))
        .hasMessage("A step's name has 1000000 characters; at most 200 are allowed.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "a/b", "Größe ändern 👨‍👩‍👧", "%s%n", "\"}{\""})
  void other_names_are_just_names(String name) {
    steps.begin(name, StepEffect.LASTING, false);
    steps.finished(name, null);
    assertThat(run.lines().getLast().get("step").textValue()).isEqualTo(name);
  }

  @Test
  void a_result_over_the_limit_is_an_error_that_names_step_and_setting_and_stays_undoable(
      @TempDir Path other) {
    var small = new RunFixture(other, new RunLimits(20, 1_000));
    small.steps.begin("list", StepEffect.UNDOABLE, false);

    assertThatThrownBy(() -> small.steps.finished("list", json("\"" + "x".repeat(19) + "\"")))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("run.step-result-too-big");
              assertThat(e.sentence())
                  .isEqualTo("The result of step `list` has 21 bytes; at most 20 are recorded.");
              assertThat(e.hint()).contains("`limits.stepResultBytes`");
            });
    assertThat(small.lines().getLast().get("type").textValue()).isEqualTo("step-failed");
    assertThat(small.steps.toUndo()).containsExactly("list");
    assertThat(small.steps.outcome(ErrorKind.RECIPE)).isEqualTo(new Outcome(Status.STOPPED, 11));
  }

  @Test
  void a_result_of_exactly_the_limit_is_recorded(@TempDir Path other) {
    var small = new RunFixture(other, new RunLimits(20, 1_000));
    small.steps.begin("list", StepEffect.LASTING, false);
    small.steps.finished("list", json("\"" + "x".repeat(18) + "\""));
    assertThat(small.lines().getLast().get("type").textValue()).isEqualTo("step-finished");
  }

  @Test
  void steps_are_undone_in_the_reverse_order_of_their_ends() {
    steps.begin("a", StepEffect.UNDOABLE, false);
    steps.begin("b", StepEffect.UNDOABLE, false); // Promise.all
    steps.begin("without undo", StepEffect.LASTING, false);
    steps.begin("failing", StepEffect.UNDOABLE, false);
    steps.finished("b", null);
    steps.finished("without undo", null);
    steps.finished("a", null);
    steps.failed("failing", error("no"));

    assertThat(steps.toUndo()).containsExactly("a", "b");
    steps.undone("a", null);
    assertThat(steps.toUndo()).containsExactly("b");
  }

  @Test
  void steps_still_open_are_undone_before_all_others() {
    steps.begin("open 1", StepEffect.UNDOABLE, false);
    steps.begin("done", StepEffect.UNDOABLE, false);
    steps.finished("done", null);
    steps.begin("open 2", StepEffect.UNDOABLE, false);

    assertThat(steps.toUndo()).containsExactly("open 2", "open 1", "done");
  }

  @Test
  void a_run_without_error_is_done() {
    assertThat(steps.outcome(null)).isEqualTo(new Outcome(Status.DONE, 0));
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void a_failure_before_any_step_has_finished_keeps_its_own_exit_status(ErrorKind kind) {
    steps.begin("create", StepEffect.LASTING, false);
    steps.failed("create", error("no"));
    assertThat(steps.outcome(kind)).isEqualTo(new Outcome(Status.FAILED, kind.exitStatus()));
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void after_a_finished_step_eleven_replaces_one_four_and_five(ErrorKind kind) {
    steps.begin("create", StepEffect.LASTING, false);
    steps.finished("create", null);
    var exit =
        switch (kind) {
          case RECIPE, SYSTEM, TIMEOUT, HALF_WAY -> 11;
          case USAGE -> 2;
          case PERMISSION -> 3;
          case BUG -> 70;
          case INTERRUPTED -> 130;
        };
    assertThat(steps.outcome(kind)).isEqualTo(new Outcome(Status.STOPPED, exit));
  }

  @Test
  void an_open_step_is_half_way() {
    steps.begin("create", StepEffect.LASTING, false);
    assertThat(steps.outcome(ErrorKind.TIMEOUT)).isEqualTo(new Outcome(Status.STOPPED, 11));
  }

  @Test
  void a_complete_undo_leaves_nothing_half_way() {
    steps.begin("look", StepEffect.LASTING, false);
    steps.finished("look", null);
    steps.begin("create", StepEffect.UNDOABLE, false);
    steps.finished("create", null);
    steps.undone("create", null);
    assertThat(steps.outcome(ErrorKind.SYSTEM)).isEqualTo(new Outcome(Status.FAILED, 4));
  }

  @Test
  void an_undo_that_failed_leaves_the_run_half_way() {
    steps.begin("one", StepEffect.UNDOABLE, false);
    steps.finished("one", null);
    steps.begin("two", StepEffect.UNDOABLE, false);
    steps.finished("two", null);
    steps.undone("two", null);
    steps.undone("one", error("locked"));
    assertThat(steps.outcome(ErrorKind.SYSTEM)).isEqualTo(new Outcome(Status.STOPPED, 11));
    assertThat(steps.toUndo()).containsExactly("one");
  }

  @Test
  void ending_a_step_twice_is_a_bug_of_ours() {
    steps.begin("create", StepEffect.LASTING, false);
    steps.finished("create", null);
    assertThatThrownBy(() -> steps.failed("create", error("no")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_step_that_only_looks_leaves_nothing_half_way() {
    steps.begin("look", StepEffect.NONE, false);
    steps.finished("look", json("1"));

    assertThat(steps.outcome(ErrorKind.SYSTEM)).isEqualTo(new Outcome(Status.FAILED, 4));
    steps.begin("change", StepEffect.LASTING, false);
    assertThat(steps.outcome(ErrorKind.SYSTEM).exitStatus()).isEqualTo(11);
    assertThat(steps.toUndo()).isEmpty();
  }
}
