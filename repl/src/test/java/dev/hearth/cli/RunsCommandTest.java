package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.engine.StepEffect;
import dev.hearth.runtime.run.Journal;
import dev.hearth.runtime.run.RunLimits;
import dev.hearth.runtime.run.RunStart;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.RunSummary;
import dev.hearth.runtime.run.Steps;
import dev.hearth.runtime.secret.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at runs that were. */
class RunsCommandTest {
  private static final ErrorReport FULL =
      new ErrorReport(
          "proxmox.storage-full",
          ErrorKind.SYSTEM,
          "Storage local-lvm has no room.",
          "Free some.",
          null,
          Map.of(),
          List.of(),
          List.of());

  private final TypedCommand hearth = new TypedCommand();
  private RunStore store = new RunStore(Path.of("/nowhere"), new Noon());

  /** Noon, for ever. */
  private static final class Noon implements Clock {
    @Override
    public Instant now() {
      return Instant.parse("2026-11-23T12:00:00Z");
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      throw new AssertionError("Nothing sleeps at noon.");
    }
  }

  @BeforeEach
  void useStateFolder(@TempDir Path state) {
    store = new RunStore(state, new Noon());
    hearth.set("HEARTH_STATE_HOME", state.toString());
  }

  private Journal begin(String recipe) {
    var parameters = JsonNodeFactory.instance.objectNode().put("memory", 2048).put("key", "geheim");
    var start =
        RunStart.of(RunRequest.of(Path.of(recipe)), "hash", "0.1.0", parameters, Set.of("key"));
    return store.create(start, new Redaction(), RunLimits.DEFAULT);
  }

  private static void finish(Journal journal, ErrorReport error) {
    journal.finish(
        new RunResult(
            journal.run(), RunResult.Status.FAILED, null, error, 4, Duration.ofSeconds(12)));
  }

  private String failedRun() {
    var journal = begin("template.js");
    var steps = new Steps(journal, new Noon(), event -> {});
    steps.begin("create", StepEffect.UNDOABLE, false);
    steps.finished("create", JsonNodeFactory.instance.numberNode(9000));
    journal.connectionOpened("proxmox", "lab", "stored");
    journal.log(RunEvent.Logged.Level.WARN, "", "old image\u001b[2J", Map.of());
    steps.begin("import disk", StepEffect.LASTING, false);
    steps.failed("import disk", FULL);
    steps.undone("create", null);
    finish(journal, FULL);
    return journal.run();
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(hearth.out());
  }

  @Test
  void without_runs_it_says_how_to_start_one() {
    assertThat(hearth.type("runs", "list")).isZero();
    assertThat(hearth.out()).isEmpty();
    assertThat(hearth.err())
        .isEqualTo("There are no runs yet. Start one with `hearth run RECIPE`.\n");
  }

  @Test
  void the_latest_are_listed_with_how_they_ended() {
    var id = failedRun();
    assertThat(hearth.type("runs", "list")).isZero();
    assertThat(hearth.out())
        .isEqualTo(
            """
            run                   recipe       state   started               took  error
            %s  template.js  failed  2026-11-23 12:00:00Z   12s  proxmox.storage-full
            """
                .formatted(id));
  }

  @Test
  void a_run_is_told_with_its_steps_its_log_and_its_error() {
    var id = failedRun();
    assertThat(hearth.type("runs", "show", id)).isZero();
    assertThat(hearth.out().replaceAll("journal .*", "journal PATH"))
        .isEqualTo(
            """
            template.js  failed, exit status 4
              run      %s
              started  2026-11-23 12:00:00Z
              took     12s
              used     proxmox lab (stored)
              journal PATH

            Parameters:
              memory  2048
              key     ***

            Steps:
              ↶ create  0ms  undone
              ✗ import disk  0ms

            Log:
              12:00:00Z  warn   old image\\u001b[2J

            error: Storage local-lvm has no room.                       proxmox.storage-full
              hint: Free some.
            """
                .formatted(id));
  }

  @Test
  void json_has_all_of_it() throws IOException {
    var id = failedRun();
    hearth.type("runs", "show", "--json", id.substring(id.length() - 4));
    assertThat(json().path("run").asText()).isEqualTo(id);
    assertThat(json().path("steps").path(0).path("state").asText()).isEqualTo("undone");
    assertThat(json().path("error").path("code").asText()).isEqualTo("proxmox.storage-full");
    hearth.type("runs", "list", "--json");
    assertThat(json().path("schema").asInt()).isEqualTo(1);
    assertThat(json().path("runs").path(0).path("state").asText()).isEqualTo("failed");
  }

  @Test
  void a_run_that_is_not_there_is_an_error_of_usage() {
    assertThat(hearth.type("runs", "show", "zzzz")).isEqualTo(2);
    assertThat(hearth.err()).contains("There is no run `zzzz`.").contains("hearth runs list");
  }

  @Test
  void a_runs_log_is_printed_from_a_level_on_and_as_json_lines() throws IOException {
    var id = failedRun();
    assertThat(hearth.type("runs", "logs", id)).isZero();
    assertThat(hearth.out()).isEqualTo("2026-11-23 12:00:00Z  warn   old image\\u001b[2J\n");
    assertThat(hearth.type("runs", "logs", id, "--level", "error")).isZero();
    assertThat(hearth.out()).isEmpty();
    assertThat(hearth.err()).isEqualTo("Run " + id + " has logged nothing.\n");
    assertThat(hearth.type("runs", "logs", id, "--json", "--follow")).isZero();
    assertThat(json().path("type").asText()).isEqualTo("logged");
    assertThat(json().path("run").asText()).isEqualTo(id);
    assertThat(json().path("message").asText()).isEqualTo("old image\u001b[2J");
  }

  @Test
  void old_runs_are_removed_and_never_one_that_can_be_resumed() throws IOException {
    var stopped = begin("template.js");
    stopped.finish(
        new RunResult(
            stopped.run(), RunResult.Status.STOPPED, null, FULL, 11, Duration.ofSeconds(1)));
    var running = begin("template.js").run();
    failedRun();
    failedRun();
    assertThat(hearth.type("runs", "prune", "--keep", "1", "--json")).isZero();
    assertThat(json().path("runs")).hasSize(1);
    assertThat(hearth.type("runs", "prune", "--keep", "0", "--older-than", "99999d")).isZero();
    assertThat(hearth.err()).isEqualTo("Removed 0 runs.\n");
    assertThat(hearth.type("runs", "prune", "--keep", "0")).isZero();
    assertThat(hearth.err()).isEqualTo("Removed 1 run.\n");
    assertThat(store.list(9))
        .extracting(RunSummary::run)
        .containsExactlyInAnyOrder(stopped.run(), running);
    assertThat(hearth.type("runs", "prune", "--keep", "few")).isEqualTo(2);
    assertThat(hearth.err()).contains("--keep cannot be `few`.");
  }

  @Test
  void a_limit_is_a_number() {
    assertThat(hearth.type("runs", "list", "--limit", "many")).isEqualTo(2);
    assertThat(hearth.err()).contains("--limit cannot be `many`.");
    failedRun();
    failedRun();
    hearth.type("runs", "list", "--limit=1");
    assertThat(hearth.out().lines()).hasSize(2);
  }

  @Test
  void a_group_alone_says_what_it_has() {
    assertThat(hearth.type("runs")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("`hearth runs` needs to know what to do.")
        .contains("list, show, logs, prune");
    assertThat(hearth.type("runs", "lst")).isEqualTo(2);
    assertThat(hearth.err()).contains("Did you mean `hearth runs list`?");
    assertThat(hearth.type("runs", "--help")).isZero();
    assertThat(hearth.out()).contains("runs show   Show a run");
  }
}
