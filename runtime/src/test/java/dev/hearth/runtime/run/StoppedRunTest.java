package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.effect.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped while a step waits: what is undone, and what the process ends with. */
class StoppedRunTest {
  private static final String WAITS_IN_A_STEP =
      """
      export default async ({ step }) => {
        await step('create', () => 9000, { undo: (vmid) => console.log('removed ' + vmid) });
        try {
          await step('wait', () => { console.log('waiting'); return new Promise(() => {}); });
        } finally {
          console.log('cleaned');
        }
      };
      """;

  private final Path recipe;
  private final Hearth hearth;
  private final List<String> printed = new ArrayList<>();
  private final CompletableFuture<LiveRun> live = new CompletableFuture<>();

  StoppedRunTest(@TempDir Path temp) {
    recipe = temp.resolve("recipe.js");
    hearth =
        Hearth.builder()
            .home(temp.resolve("home"))
            .bindings(List.of())
            .environment(name -> Optional.empty())
            .build();
  }

  private RunResult run(String text, UnaryOperator<RunRequest> how) throws Exception {
    Files.writeString(recipe, text);
    var run = hearth.start(how.apply(RunRequest.of(recipe)), this::heard);
    live.complete(run);
    return run.await();
  }

  private void heard(RunEvent event) {
    if (event instanceof RunEvent.Printed line) {
      printed.add(line.text());
      if (line.text().equals("waiting")) {
        var _ = live.thenAccept(LiveRun::stop);
      }
    }
  }

  private RunDetails shown(RunResult result) throws Exception {
    try (var all = Files.walk(recipe.resolveSibling("home"))) {
      var runs = all.filter(path -> path.endsWith("runs")).findFirst().orElseThrow();
      var store = new RunStore(runs.resolveSibling(""), Clock.system());
      return store.show(result.run());
    }
  }

  @Test
  void an_interrupted_run_cleans_up_undoes_and_ends_with_130() throws Exception {
    var result = run(WAITS_IN_A_STEP, request -> request.onError(OnError.UNDO));
    assertThat(printed).containsExactly("waiting", "cleaned", "removed 9000");
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.exitStatus()).isEqualTo(130);
  }

  @Test
  void a_stop_while_steps_are_undone_does_not_cut_their_undo_off() throws Exception {
    var result =
        run(
            """
            const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
            export default async ({ step }) => {
              await step('one', () => 1, { undo: () => console.log('one is gone') });
              await step('two', () => 2, {
                undo: async () => {
                  console.log('waiting');
                  await sleep(20);
                  console.log('two is gone');
                },
              });
              throw new Error('as it should');
            };
            """,
            request -> request.onError(OnError.UNDO));
    assertThat(printed).containsExactly("waiting", "two is gone", "one is gone");
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.exitStatus()).isEqualTo(1);
  }

  @Test
  void without_undo_it_stops_half_way_and_the_step_that_waited_stays_open() throws Exception {
    var result = run(WAITS_IN_A_STEP, request -> request.onError(OnError.STOP));
    assertThat(printed).containsExactly("waiting", "cleaned");
    assertThat(result.status()).isEqualTo(Status.STOPPED);
    assertThat(result.exitStatus()).isEqualTo(130);
    assertThat(shown(result).steps())
        .extracting(RunDetails.Step::state)
        .containsExactly(RunDetails.StepState.FINISHED, RunDetails.StepState.OPEN);
  }

  @Test
  void a_time_limit_stops_half_way_with_11_and_before_any_step_with_5() throws Exception {
    var never = "await new Promise((resolve) => setTimeout(() => resolve(), 3_600_000))";
    var limit = Duration.ofMillis(50);
    var inStep =
        run(
            "export default async ({ step }) => { await step('wait', async () => { %s; }); };"
                .formatted(never),
            request -> request.timeout(limit));
    assertThat(inStep.exitStatus()).isEqualTo(11);
    assertThat(inStep.status()).isEqualTo(Status.STOPPED);

    var outside =
        run("export default async () => { %s; };".formatted(never), r -> r.timeout(limit));
    assertThat(outside.exitStatus()).isEqualTo(5);
    assertThat(outside.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_step_that_can_never_end_fails_and_what_was_done_before_is_undone() throws Exception {
    var result =
        run(
            WAITS_IN_A_STEP.replace("console.log('waiting'); ", ""),
            request -> request.onError(OnError.UNDO));
    assertThat(printed).containsExactly("cleaned", "removed 9000");
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(shown(result).steps())
        .extracting(RunDetails.Step::state)
        .containsExactly(RunDetails.StepState.UNDONE, RunDetails.StepState.FAILED);
  }
}
