package dev.hearth.runtime.run;

import static dev.hearth.runtime.run.RunFixture.error;
import static dev.hearth.runtime.run.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.secret.Redaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hearth runs list} and {@code show} on a real disk, after all that can go wrong there. */
class RunStoreTest {
  private static final String OLD = "20200101-000000-aaaa";

  private final Path state;

  RunStoreTest(@TempDir Path state) {
    this.state = state;
  }

  @Test
  void no_runs_are_an_empty_list_and_make_no_folder() {
    assertThat(new RunStore(state.resolve("none"), new SteppingClock()).list(10)).isEmpty();
    assertThat(state.resolve("none")).doesNotExist();
  }

  @Test
  void an_id_is_a_sortable_time_and_four_letters() {
    assertThat(new RunFixture(state).journal.run()).matches("20261123-035401-[2-9a-hjkmnp-z]{4}");
  }

  @Test
  void a_run_is_shown_with_its_steps_log_and_result() {
    var run = new RunFixture(state);
    run.journal.connectionOpened("proxmox", "lab", "stored");
    run.steps.begin("create", StepEffect.UNDOABLE, false);
    run.journal.log(RunEvent.Logged.Level.WARN, "recipe", "slow", Map.of("s", json("3")));
    run.steps.finished("create", json("{\"vmid\":9000}"));
    run.steps.begin("start", StepEffect.LASTING, false);
    run.steps.failed("start", error("The task failed."));
    run.steps.undone("create", null);
    run.finish(RunResult.Status.FAILED, null, error("The task failed."));

    var shown = run.store.show(run.journal.run());
    assertThat(shown.summary())
        .isEqualTo(
            new RunSummary(
                run.journal.run(),
                "/recipes/template.js",
                RunState.FAILED,
                false,
                Instant.parse("2026-11-23T03:54:02Z"),
                shown.summary().ended(),
                Duration.ofSeconds(9),
                4,
                "proxmox.task-failed"));
    assertThat(shown.connections())
        .containsExactly(new RunDetails.UsedConnection("proxmox", "lab", "stored"));
    assertThat(shown.steps())
        .extracting(RunDetails.Step::name, RunDetails.Step::state, RunDetails.Step::effect)
        .containsExactly(
            tuple("create", RunDetails.StepState.UNDONE, StepEffect.UNDOABLE),
            tuple("start", RunDetails.StepState.FAILED, StepEffect.LASTING));
    assertThat(shown.steps().getFirst().result()).isEqualTo(json("{\"vmid\":9000}"));
    assertThat(shown.steps().getLast().error())
        .isNotNull()
        .satisfies(
            e -> {
              assertThat(e.message()).isEqualTo("The task failed.");
              assertThat(e.location()).isEqualTo(error("").location());
              assertThat(e.details()).containsKey("exitstatus");
            });
    assertThat(shown.log())
        .extracting(RunDetails.LogLine::level, RunDetails.LogLine::message)
        .containsExactly(tuple("warn", "slow"));
    assertThat(shown.problems()).isEmpty();
  }

  @Test
  void a_run_of_this_process_that_has_not_ended_is_running() {
    var run = new RunFixture(state);
    run.steps.begin("create", StepEffect.LASTING, false);
    assertThat(run.store.list(1).getFirst().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void a_run_whose_process_is_gone_has_crashed_and_its_open_step_is_named() throws Exception {
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    var run = new RunFixture(state);
    run.steps.begin("create", StepEffect.LASTING, false);
    replace(run, "\"pid\":" + ProcessHandle.current().pid(), "\"pid\":" + gone.pid());

    var shown = run.store.show(run.journal.run());
    assertThat(shown.summary().state()).isEqualTo(RunState.CRASHED);
    assertThat(shown.summary().ended()).isNull();
    assertThat(shown.steps().getFirst().state()).isEqualTo(RunDetails.StepState.OPEN);
  }

  @Test
  void a_run_of_another_process_is_running_until_that_is_killed() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RunUntilKilled.class.getName(),
                state.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.inputReader()) {
      var id = out.readLine();
      var store = new RunStore(state, new SteppingClock());
      assertThat(store.list(1)).extracting(RunSummary::state).containsExactly(RunState.RUNNING);

      process.destroyForcibly().waitFor();
      var shown = store.show(id);
      assertThat(shown.summary().state()).isEqualTo(RunState.CRASHED);
      assertThat(shown.steps())
          .extracting(RunDetails.Step::name, RunDetails.Step::state)
          .containsExactly(
              tuple("create", RunDetails.StepState.FINISHED),
              tuple("start", RunDetails.StepState.OPEN));
      assertThat(shown.problems()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_process_id_that_was_given_out_again_does_not_bring_a_run_back_to_life() throws Exception {
    var run = new RunFixture(state);
    var start = run.lines().getFirst().at("/process/start").textValue();
    replace(run, start, start.replaceAll("\\d+$", "1")); // the same id, another start
    assertThat(run.store.list(1).getFirst().state()).isEqualTo(RunState.CRASHED);
  }

  private static void replace(RunFixture run, String what, String with) throws Exception {
    assertThat(run.text()).contains(what);
    Files.writeString(run.journal.path(), run.text().replace(what, with));
  }

  @Test
  void a_torn_last_line_is_told_and_the_rest_is_read() {
    var run = new RunFixture(state);
    run.steps.begin("create", StepEffect.LASTING, false);
    run.damage("{\"v\":1,\"type\":\"step-fini".getBytes(StandardCharsets.UTF_8));

    var shown = run.store.show(run.journal.run());
    assertThat(shown.steps()).hasSize(1);
    assertThat(shown.problems())
        .containsExactly("Line 3 is torn: Hearth or the machine stopped while writing it.");
  }

  @Test
  void nuls_torn_characters_and_foreign_lines_are_told_and_the_rest_is_read() {
    var run = new RunFixture(state);
    run.damage(new byte[4096]); // what some file systems leave after a power cut
    run.damage(new byte[] {'\n', '"', (byte) 0xC3, '\n', (byte) 0xE2, (byte) 0x82, '\n'});
    run.damage("[1]\n{}\nhello\n\n".getBytes(StandardCharsets.UTF_8));
    run.damage(
        "{\"v\":1,\"type\":\"step-started\",\"time\":\"yesterday\"}\n"
            .getBytes(StandardCharsets.UTF_8));
    run.damage(
        ("{\"v\":1,\"type\":\"step-started\",\"time\":\"2026-11-23T04:00:00Z\","
                + "\"step\":\"after\"}\n")
            .getBytes(StandardCharsets.UTF_8));

    var shown = run.store.show(run.journal.run());
    assertThat(shown.steps()).extracting(RunDetails.Step::name).containsExactly("after");
    assertThat(shown.problems())
        .containsExactly(
            "Line 2 is damaged.",
            "Line 3 is damaged.",
            "Line 4 is damaged.",
            "Line 5 is no journal entry.",
            "Line 6 is no journal entry.",
            "Line 7 is damaged.",
            "Line 8 is no journal entry.",
            "Line 9 holds a value that makes no sense.");
  }

  @Test
  void a_file_of_nothing_but_damage_is_read_to_its_end_and_reported_in_short() {
    var run = new RunFixture(state);
    run.damage("x\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    assertThat(run.store.show(run.journal.run()).problems())
        .hasSize(21)
        .last()
        .isEqualTo("There are more damaged lines.");
  }

  @Test
  void lines_of_a_newer_hearth_are_told_and_not_guessed() {
    var run = new RunFixture(state);
    run.damage(
        """
        {"v":2,"type":"step-started","time":"2026-11-23T04:00:00Z","step":"new"}
        {"v":1,"type":"lock-taken","time":"2026-11-23T04:00:00Z","object":"vm/100"}
        {"v":1,"type":"step-started","time":"2026-11-23T04:00:00Z","step":"s","color":"red"}
        """
            .getBytes(StandardCharsets.UTF_8));

    var shown = run.store.show(run.journal.run());
    assertThat(shown.steps()).extracting(RunDetails.Step::name).containsExactly("s");
    assertThat(shown.problems())
        .containsExactly(
            "Line 2 was written by a newer Hearth, in a form that this one cannot read.",
            "An entry `lock-taken` was written by a newer Hearth and is not shown.");
  }

  @Test
  void runs_that_cannot_be_read_are_listed_as_such() throws Exception {
    var run = new RunFixture(state);
    var runs = state.resolve("runs");
    Files.createDirectory(runs.resolve(OLD)); // crashed before the journal was made
    Files.createDirectory(runs.resolve("20200101-000001-bbbb"));
    Files.write(runs.resolve("20200101-000001-bbbb/journal.jsonl"), new byte[10]);
    Files.createDirectories(runs.resolve("20200101-000002-cccc/journal.jsonl"));

    assertThat(run.store.list(10))
        .extracting(RunSummary::state)
        .containsExactly(
            RunState.RUNNING, RunState.UNREADABLE, RunState.UNREADABLE, RunState.UNREADABLE);
    assertThatThrownBy(() -> run.store.show("20200101-000002"))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.id()).isEqualTo("run.journal-not-read"));
  }

  @Test
  void links_and_foreign_names_in_the_folder_are_no_runs() throws Exception {
    var run = new RunFixture(state);
    var folder = state.resolve("runs").resolve(run.journal.run());
    Files.createSymbolicLink(folder.resolveSibling(OLD), folder);
    Files.createDirectory(folder.resolveSibling("notes"));
    Files.createDirectory(folder.resolveSibling(OLD + "\n"));
    assertThat(run.store.list(10)).hasSize(1);
  }

  @Test
  void the_newest_come_first_and_only_as_many_as_asked_for() {
    var clock = new SteppingClock();
    var store = new RunStore(state, clock);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      var journal = store.create(RunFixture.start(), new Redaction(), RunLimits.DEFAULT);
      ids.addFirst(journal.run());
      journal.close();
    }
    assertThat(store.list(3)).extracting(RunSummary::run).isEqualTo(ids.subList(0, 3));
  }

  @Test
  void listing_reads_the_end_of_a_long_journal_and_not_its_middle() throws Exception {
    var run = new RunFixture(state);
    var line = ("x".repeat(1_000) + "\n").repeat(1_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50; i++) {
      run.damage(line);
    }
    try (var file = new java.io.RandomAccessFile(run.journal.path().toFile(), "rw")) {
      file.setLength(1L << 36); // 64 GiB of nothing, which no one reads in a test's time
      file.seek(1L << 36);
      file.write(
          "\n{\"v\":1,\"type\":\"finished\",\"time\":\"2026-11-23T04:00:00Z\","
              .getBytes(StandardCharsets.UTF_8));
      file.write("\"status\":\"stopped\",\"exitStatus\":11}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(run.store.list(1).getFirst().state()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void a_run_is_found_by_its_begin_and_by_its_last_four_characters() {
    var run = new RunFixture(state);
    var id = run.journal.run();
    assertThat(run.store.find(id)).isEqualTo(id);
    assertThat(run.store.find("2026")).isEqualTo(id);
    assertThat(run.store.find(id.substring(16))).isEqualTo(id);
  }

  @Test
  void a_begin_that_fits_two_runs_is_refused_with_their_names() {
    var run = new RunFixture(state);
    var other = run.store.create(RunFixture.start(), run.redaction, RunLimits.DEFAULT).run();
    assertThatThrownBy(() -> run.store.find("2026"))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.sentence()).isEqualTo("`2026` fits 2 runs.");
              assertThat(e.hint()).contains(other, run.journal.run());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../secrets", "/etc", "x", "20261123-035401-k7p2/.."})
  void what_names_no_run_finds_none(String typed) {
    var run = new RunFixture(state);
    assertThatThrownBy(() -> run.store.show(typed))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("run.not-found");
              assertThat(e.hint()).isEqualTo("List the runs with `hearth runs list`.");
            });
  }

  @Test
  void runs_that_begin_in_the_same_second_get_folders_of_their_own() throws Exception {
    var clock = new SteppingClock();
    var store = new RunStore(state, clock);
    var ids = new ConcurrentLinkedQueue<String>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 8; t++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  clock.set(Instant.parse("2026-11-23T03:54:00Z"));
                  ids.add(
                      store.create(RunFixture.start(), new Redaction(), RunLimits.DEFAULT).run());
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(ids).hasSize(80);
    assertThat(new HashSet<>(ids)).hasSize(80);
  }
}
