package dev.hearth.runtime.run;

import static dev.hearth.runtime.run.RunFixture.error;
import static dev.hearth.runtime.run.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.storage.FullDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal holds, and what it never holds. */
class JournalTest {
  private static final RunEvent.Logged.Level INFO = RunEvent.Logged.Level.INFO;

  private final Path state;

  JournalTest(@TempDir Path state) {
    this.state = state;
  }

  @Test
  void the_first_line_holds_what_resume_and_undo_will_need() {
    var run = new RunFixture(state);
    assertThat(run.lines()).hasSize(1);
    var first = run.lines().getFirst();
    assertThat(first.path("v").intValue()).isEqualTo(1);
    assertThat(first.path("run").textValue()).isEqualTo(run.journal.run());
    assertThat(first.path("recipe").textValue()).isEqualTo("/recipes/template.js");
    assertThat(first.path("recipeHash").textValue()).isEqualTo("ab12");
    assertThat(first.path("folder").textValue()).isEqualTo(Path.of("").toAbsolutePath().toString());
    assertThat(first.path("parameters")).isEqualTo(json("{\"memory\":2048}"));
    assertThat(first.path("connections")).isEqualTo(json("{\"proxmox\":\"lab\"}"));
    assertThat(first.path("grants")).isEqualTo(json("[\"proxmox:write\"]"));
    assertThat(first.path("onError").textValue()).isEqualTo("undo");
    assertThat(first.at("/process/pid").longValue()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void only_the_user_can_read_it() throws Exception {
    var run = new RunFixture(state.resolve("new/state"));
    assertThat(mode(run.journal.path())).isEqualTo("rw-------");
    for (var folder : List.of("new", "new/state", "new/state/runs")) {
      assertThat(mode(state.resolve(folder))).isEqualTo("rwx------");
    }
    assertThat(mode(run.journal.path().resolveSibling("."))).isEqualTo("rwx------");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void secret_parameters_are_recorded_by_name_only() {
    var parameters =
        JsonNodeFactory.instance.objectNode().put("user", "root").put("password", "hunter22");
    var start = RunFixture.start(parameters, Set.of("password"));
    var store = new RunStore(state, new SteppingClock());
    var journal = store.create(start, new Redaction(), RunLimits.DEFAULT);

    var shown = store.show(journal.run());
    assertThat(shown.start())
        .isNotNull()
        .satisfies(
            s -> {
              assertThat(s.parameters())
                  .isEqualTo(json("{\"user\":\"root\",\"password\":\"***\"}"));
              assertThat(s.secretParameters()).containsExactly("password");
            });
    assertThat(journal.path()).content().doesNotContain("hunter22");
  }

  @Test
  void secrets_are_masked_by_value_wherever_they_turn_up() {
    var run = new RunFixture(state);
    run.redaction.add(Secret.of("s3cr3t/\"tok\"en"));
    run.steps.begin("login s3cr3t/\"tok\"en", StepEffect.LASTING, false);
    run.steps.finished(
        "login s3cr3t/\"tok\"en",
        json(
            """
            {"s3cr3t/\\"tok\\"en": 1, "in": ["Bearer s3cr3t/\\"tok\\"en"],
             "encoded": "https://x/?t=s3cr3t%2F%22tok%22en", "base64": "czNjcjN0LyJ0b2siZW4=",
             "quoted": "{\\"t\\":\\"s3cr3t/\\\\\\"tok\\\\\\"en\\"}"}
            """));
    run.journal.log(
        INFO, "recipe", "got s3cr3t/\"tok\"en", Map.of("t", json("\"s3cr3t/\\\"tok\\\"en\"")));
    run.steps.begin("fail", StepEffect.LASTING, false);
    run.steps.failed("fail", error("No s3cr3t/\"tok\"en here"));
    run.finish(RunResult.Status.FAILED, null, error("s3cr3t/\"tok\"en"));

    assertThat(run.text())
        .doesNotContain("s3cr3t", "czNjcjN0")
        .contains("Bearer ***", "\"base64\":\"***=\"", "got ***", "No *** here");
    assertThat(run.lines().get(2).path("masked").booleanValue()).isTrue();
  }

  @Test
  void a_secret_that_is_one_of_our_own_words_leaves_the_journal_readable() {
    var run = new RunFixture(state);
    for (var word : List.of("done", "failed", "finished", "step-finished", "info", "system")) {
      run.redaction.add(Secret.of(word));
    }
    run.steps.begin("look", StepEffect.LASTING, false);
    run.steps.finished("look", json("\"done\""));
    run.journal.log(INFO, "recipe", "it is done", Map.of());
    run.finish(RunResult.Status.DONE, json("{\"state\":\"failed\"}"), null);

    var details = run.store.show(run.journal.run());

    assertThat(details.summary().state()).isEqualTo(RunState.DONE);
    assertThat(details.steps().getFirst().result()).isEqualTo(json("\"***\""));
    assertThat(run.text()).contains("it is ***", "{\"state\":\"***\"}");
  }

  @Test
  void a_result_without_secrets_is_not_marked_as_masked() {
    var run = new RunFixture(state);
    run.redaction.add(Secret.of("s3cr3t"));
    run.steps.begin("look", StepEffect.LASTING, false);
    run.steps.finished("look", json("{\"a\":[1,2.5,null,true,\"x\"]}"));
    assertThat(run.lines().getLast().has("masked")).isFalse();
  }

  @Test
  void texts_that_are_no_text_survive() {
    var run = new RunFixture(state);
    var strange = JsonNodeFactory.instance.textNode("lone \ud83d and \udc4d, whole 👍, \u0000\n\r");
    run.steps.begin("strange", StepEffect.LASTING, false);
    run.steps.finished("strange", strange);

    assertThat(run.text().lines()).hasSize(3);
    assertThat(run.store.show(run.journal.run()).steps().getFirst().result()).isEqualTo(strange);
  }

  @Test
  void a_result_as_deep_as_the_bridge_lets_through_is_recorded() {
    var run = new RunFixture(state);
    var deep = json("[".repeat(1_000) + "]".repeat(1_000));
    run.steps.begin("deep", StepEffect.LASTING, false);
    run.steps.finished("deep", deep);
    assertThat(run.store.show(run.journal.run()).steps().getFirst().result()).isEqualTo(deep);
  }

  @Test
  void an_endless_log_line_is_shortened() {
    var run = new RunFixture(state);
    run.journal.log(INFO, "recipe", "\u0001".repeat(10_000_000), Map.of());
    assertThat(run.text().length()).isLessThan(100_000);
    assertThat(run.lines().getLast().path("shortened").booleanValue()).isTrue();
  }

  @Test
  void shortening_does_not_cut_a_secret_in_half() {
    var run = new RunFixture(state);
    run.redaction.add(Secret.of("abcdefghij".repeat(10)));
    run.journal.log(INFO, "recipe", "abcdefghij".repeat(1_000_005), Map.of());
    assertThat(run.text()).doesNotContain("abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc");
  }

  @Test
  void a_recipe_cannot_fill_the_disk_with_log_lines_and_the_run_says_so() {
    var run = new RunFixture(state, new RunLimits(1_000, 10_000));
    for (int i = 0; i < 1_000; i++) {
      run.journal.log(INFO, "recipe", "line " + i, Map.of());
    }
    run.steps.begin("still recorded", StepEffect.LASTING, false);
    run.finish(RunResult.Status.DONE, null, null);

    assertThat(run.text().length()).isLessThan(13_000);
    assertThat(run.store.show(run.journal.run()).problems())
        .singleElement()
        .asString()
        .matches("9\\d\\d lines of the log are not recorded: it grew beyond .*");
  }

  @Test
  void a_returned_value_over_the_limit_is_left_out() {
    var run = new RunFixture(state, new RunLimits(20, 10_000));
    run.finish(RunResult.Status.DONE, json("\"" + "x".repeat(100) + "\""), null);
    assertThat(run.lines().getLast().has("value")).isFalse();
  }

  @Test
  void lines_of_many_threads_do_not_mix() throws Exception {
    var run = new RunFixture(state);
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 20; t++) {
      var name = "thread " + t;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < 50; i++) {
                  run.journal.log(INFO, name, "x".repeat(500), Map.of());
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(run.lines()).hasSize(1 + 20 * 50);
  }

  @Test
  void a_thread_that_is_interrupted_can_still_write_and_so_can_all_others() throws Exception {
    var run = new RunFixture(state);
    var stillInterrupted = new AtomicBoolean();
    var cancelled =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  Thread.currentThread().interrupt();
                  run.journal.connectionOpened("proxmox", "lab", "stored");
                  run.steps.begin(
                      "interrupted",
                      StepEffect.LASTING,
                      false); // the first one, which forces the folders too
                  stillInterrupted.set(Thread.currentThread().isInterrupted());
                });
    cancelled.start();
    cancelled.join();
    run.steps.begin("after", StepEffect.LASTING, false);

    assertThat(run.lines())
        .extracting(line -> line.path("type").textValue())
        .containsExactly("run-started", "connection-opened", "step-started", "step-started");
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void log_lines_after_the_end_are_dropped_and_steps_are_a_bug() {
    var run = new RunFixture(state);
    run.finish(RunResult.Status.DONE, null, null);
    run.journal.log(INFO, "recipe", "tardy", Map.of());
    assertThatThrownBy(() -> run.steps.begin("tardy", StepEffect.LASTING, false))
        .isInstanceOf(IllegalStateException.class);
    assertThat(run.text()).doesNotContain("tardy");
  }

  @Test
  void a_folder_that_others_may_write_into_is_refused() throws Exception {
    var open = Files.createDirectories(state.resolve("runs"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> new RunFixture(state))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("storage.folder-open-to-others");
              assertThat(e.hint()).contains("chmod go-w " + open);
            });
  }

  @Test
  void the_state_folder_may_be_a_link() throws Exception {
    var real = Files.createDirectory(state.resolve("real"));
    var link = Files.createSymbolicLink(state.resolve("link"), real);
    var run = new RunFixture(link);
    run.finish(RunResult.Status.DONE, null, null);
    assertThat(new RunStore(real, run.clock).list(10)).hasSize(1);
  }

  @Test
  void a_full_disk_is_an_error_with_its_reason() throws Exception {
    var full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has /dev/full");
    var run = new RunFixture(state);
    var journal =
        new Journal(
            "20261123-035401-k7p2",
            full,
            FullDisk.open(),
            run.redaction,
            run.clock,
            RunLimits.DEFAULT,
            SecretSeal.NONE);
    var steps = new Steps(journal, run.clock, run.events::add);

    journal.log(INFO, "recipe", "a line is no reason to stop a run", Map.of());
    assertThat(journal.failure()).isEmpty();
    assertThatThrownBy(() -> steps.begin("create", StepEffect.LASTING, false))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("run.journal-not-written");
              assertThat(e.details()).containsEntry("reason", "No space left on device");
            });
    assertThat(journal.failure()).isPresent();
    assertThat(run.events).isEmpty();
    assertThatThrownBy(
            () ->
                journal.finish(
                    new RunResult(
                        journal.run(), RunResult.Status.DONE, null, null, 0, Duration.ZERO)))
        .isInstanceOf(HearthException.class);
  }

  @Test
  void journals_are_utf_8_whatever_the_machine_speaks() {
    var run = new RunFixture(state);
    run.steps.begin("Größe", StepEffect.LASTING, false);
    assertThat(run.text().getBytes(StandardCharsets.UTF_8)).contains(0xC3, 0xB6);
  }
}
