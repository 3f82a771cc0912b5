package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.run.ledger.LedgerBinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that stop half-way, and are then resumed or undone. */
class TakenUpRunTest {
  private static final String THREE_STEPS =
      """
      import { ledger } from 'hearth:ledger';
      export default async ({ step, log }) => {
        log.info('begins');
        const one = await step('one', () => ledger.add('1'), { undo: (line) => ledger.remove(line) });
        const two = await step('two', async () => { await ledger.add('2'); }, { undo: () => ledger.remove('2') });
        await step('three', async () => {
          if (!(await ledger.lines()).includes('fuel')) throw new Error('no fuel');
          await ledger.add('3');
        }, { undo: () => ledger.remove('3') });
        return { one, two: two === undefined };
      };
      """;

  private final Path recipe;
  private final Path file;
  private final Hearth hearth;
  private final List<RunEvent> events = new ArrayList<>();

  TakenUpRunTest(@TempDir Path temp) {
    recipe = temp.resolve("recipe.js");
    file = temp.resolve("ledger");
    hearth =
        Hearth.builder()
            .home(temp.resolve("home"))
            .bindings(List.of(new LedgerBinding(file, () -> {})))
            .environment(name -> Optional.empty())
            .build();
  }

  private RunResult run(String text) throws Exception {
    return run(text, request -> request);
  }

  private RunResult run(String text, UnaryOperator<RunRequest> how) throws Exception {
    Files.writeString(recipe, text);
    return hearth.run(how.apply(RunRequest.of(recipe)));
  }

  private RunResult takeUp(TakeUpRequest request) throws Exception {
    events.clear();
    return hearth.takeUp(request, events::add).await();
  }

  private RunResult resume(RunResult before) throws Exception {
    return takeUp(TakeUpRequest.resume(before.run()));
  }

  private RunResult undo(RunResult before) throws Exception {
    return takeUp(TakeUpRequest.undo(before.run()));
  }

  private HearthException refusal(TakeUpRequest request) {
    var thrown = new ArrayList<HearthException>();
    assertThatThrownBy(() -> takeUp(request))
        .isInstanceOfSatisfying(HearthException.class, thrown::add);
    assertThat(events).isEmpty();
    return thrown.getFirst();
  }

  private RunDetails shown(RunResult run) {
    return hearth.surroundings().runs().show(run.run());
  }

  private List<String> ledger() {
    return LedgerBinding.lines(file);
  }

  private void fuel() throws Exception {
    Files.writeString(file, Files.exists(file) ? Files.readString(file) + "fuel\n" : "fuel\n");
  }

  @Test
  void a_resumed_run_does_not_repeat_what_has_finished_and_has_its_results() throws Exception {
    var first = run(THREE_STEPS);
    assertThat(first.exitStatus()).isEqualTo(11);
    assertThat(ledger()).containsExactly("1", "2");

    fuel();
    var second = resume(first);
    assertThat(second.error()).isNull();
    assertThat(second.run()).isEqualTo(first.run());
    assertThat(second.status()).isEqualTo(Status.DONE);
    assertThat(second.value()).isEqualTo(RunFixture.json("{\"one\":\"1\",\"two\":true}"));
    assertThat(ledger()).containsExactly("1", "2", "fuel", "3");
    assertThat(shown(first).summary().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void what_passes_is_told_and_what_was_said_before_is_not_said_again() throws Exception {
    var first = run(THREE_STEPS);
    fuel();
    var _ = resume(first);
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Started",
            "TakenUp",
            "StepPassed",
            "StepPassed",
            "StepStarted",
            "StepFinished",
            "Finished");
    assertThat(shown(first).log()).hasSize(1);
  }

  @Test
  void a_run_can_be_resumed_as_often_as_it_fails() throws Exception {
    var first = run(THREE_STEPS);
    assertThat(resume(first).exitStatus()).isEqualTo(11);
    assertThat(resume(first).exitStatus()).isEqualTo(11);
    fuel();
    assertThat(resume(first).exitStatus()).isZero();
    assertThat(ledger()).containsExactly("1", "2", "fuel", "3");
  }

  @Test
  void an_undone_run_has_taken_all_back_last_first() throws Exception {
    var first = run(THREE_STEPS);
    var undone = undo(first);
    assertThat(undone.error()).isNull();
    assertThat(undone.status()).isEqualTo(Status.UNDONE);
    assertThat(undone.exitStatus()).isZero();
    assertThat(ledger()).isEmpty();
    assertThat(events)
        .filteredOn(RunEvent.StepUndone.class::isInstance)
        .extracting(event -> ((RunEvent.StepUndone) event).step())
        .containsExactly("two", "one");
    assertThat(shown(first).summary().state()).isEqualTo(RunState.UNDONE);
  }

  @Test
  void a_run_that_is_done_can_be_undone() throws Exception {
    fuel();
    var first = run(THREE_STEPS);
    assertThat(first.status()).isEqualTo(Status.DONE);
    assertThat(undo(first).status()).isEqualTo(Status.UNDONE);
    assertThat(ledger()).containsExactly("fuel");
  }

  @Test
  void a_resumed_run_that_fails_undoes_what_earlier_processes_did() throws Exception {
    var first = run(THREE_STEPS);
    var second = takeUp(TakeUpRequest.resume(first.run()).onError(OnError.UNDO));
    assertThat(second.status()).isEqualTo(Status.FAILED);
    assertThat(second.exitStatus()).isEqualTo(1);
    assertThat(ledger()).isEmpty();
    assertThat(shown(first).summary().state()).isEqualTo(RunState.UNDONE);
  }

  @Test
  void an_undo_that_failed_is_tried_again_and_the_others_are_not() throws Exception {
    var first =
        run(
            """
            import { ledger } from 'hearth:ledger';
            export default async ({ step }) => {
              await step('one', () => ledger.add('1'), {
                undo: async () => {
                  if ((await ledger.lines()).includes('lock')) throw new Error('locked');
                  await ledger.add('one undone');
                },
              });
              await step('two', () => ledger.add('lock'), { undo: () => ledger.add('two undone') });
              throw new Error('no');
            };
            """);
    var second = undo(first);
    assertThat(second.status()).isEqualTo(Status.STOPPED);
    assertThat(second.exitStatus()).isEqualTo(11);

    Files.writeString(file, "");
    assertThat(undo(first).status()).isEqualTo(Status.UNDONE);
    assertThat(ledger()).containsExactly("one undone");
    assertThat(refusal(TakeUpRequest.undo(first.run())).sentence())
        .isEqualTo("Run " + first.run() + " is undone already.");
  }

  @Test
  void a_changed_recipe_is_refused_and_the_error_says_the_way_out() throws Exception {
    var first = run(THREE_STEPS);
    Files.writeString(recipe, THREE_STEPS.replace("'3'", "'4'"));
    var error = refusal(TakeUpRequest.resume(first.run()));
    assertThat(error.id()).isEqualTo("run.recipe-changed");
    assertThat(error.sentence())
        .isEqualTo(
            "The recipe " + recipe + " is not the one that run " + first.run() + " began with.");
    assertThat(error.hint())
        .isEqualTo(
            ("Bring the old text back and `hearth resume %s`; or put right by hand what the run left"
                    + " (see `hearth runs show %1$s`) and run the new recipe.")
                .formatted(first.run()));
    assertThat(refusal(TakeUpRequest.undo(first.run())).id()).isEqualTo("run.recipe-changed");
  }

  @Test
  void a_run_that_is_done_is_not_resumed() throws Exception {
    var first = run("export default () => 1;");
    assertThat(refusal(TakeUpRequest.resume(first.run())).id()).isEqualTo("run.nothing-to-resume");
    assertThat(refusal(TakeUpRequest.undo(first.run())).id()).isEqualTo("run.nothing-to-undo");
  }

  @Test
  void a_change_outside_of_a_step_is_not_done_twice() throws Exception {
    var first =
        run(
            """
            import { ledger } from 'hearth:ledger';
            export default async ({ step }) => {
              await ledger.add('outside');
              await step('one', () => ledger.add('1'), { undo: () => ledger.remove('1') });
              throw new Error('no');
            };
            """);
    var second = resume(first);
    assertThat(second.exitStatus()).isEqualTo(11);
    assertThat(second.error())
        .isNotNull()
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("run.change-outside-step");
              assertThat(e.message())
                  .isEqualTo(
                      "`add` changes something outside of a step, and was done by this run already.");
            });
    var undone = undo(first);
    assertThat(undone.error())
        .isNotNull()
        .satisfies(e -> assertThat(e.code()).isEqualTo("run.undo-not-reached"));
    assertThat(ledger()).containsExactly("outside", "1");
  }

  @Test
  void changes_outside_of_steps_after_the_last_finished_one_are_done() throws Exception {
    var first =
        run(
            """
            import { ledger } from 'hearth:ledger';
            export default async ({ step }) => {
              await step('one', () => ledger.add('1'));
              if (!(await ledger.lines()).includes('fuel')) throw new Error('no fuel');
              await ledger.add('outside');
            };
            """);
    fuel();
    assertThat(resume(first).error()).isNull();
    assertThat(ledger()).containsExactly("1", "fuel", "outside");
  }

  @Test
  void no_recipe_that_is_undone_changes_anything_but_by_undo() throws Exception {
    var first =
        run(
            """
            import { ledger } from 'hearth:ledger';
            export default async ({ step }) => {
              await step('one', () => ledger.add('1'), { undo: () => ledger.remove('1') });
              const fail = !(await ledger.lines()).includes('fuel');
              setInterval(() => ledger.add('tick').catch(() => {}), 1);
              try {
                if (fail) throw new Error('no fuel');
                await step('never', () => ledger.add('never'));
              } finally {
                await ledger.add('finally').catch(() => {});
              }
            };
            """,
            request -> request.timeout(java.time.Duration.ofMillis(300)));
    assertThat(first.exitStatus()).isEqualTo(11);
    Files.writeString(file, "1\nfuel\n");
    assertThat(undo(first).error()).isNull();
    assertThat(ledger()).containsExactly("fuel");
  }

  @Test
  void steps_that_failed_and_were_caught_fail_again_while_the_run_is_undone() throws Exception {
    var first =
        run(
            """
            import { ledger } from 'hearth:ledger';
            export default async ({ step }) => {
              try {
                await step('fast', () => { throw new Error('no way'); });
              } catch (error) {
                await step('slow', () => ledger.add(error.message), { undo: (line) => ledger.remove(line) });
              }
              throw new Error('no');
            };
            """);
    assertThat(ledger()).containsExactly("no way");
    assertThat(undo(first).error()).isNull();
    assertThat(ledger()).isEmpty();
  }

  @Test
  void another_hearth_is_refused_while_the_run_goes_on() throws Exception {
    Files.writeString(
        recipe,
        """
        export default async ({ step }) => {
          await step('one', () => 1);
          console.log('waiting');
          await step('wait', () => new Promise((resolve) => setTimeout(resolve, 3_600_000)));
        };
        """);
    var refused = new java.util.concurrent.CompletableFuture<HearthException>();
    var live =
        hearth.start(
            RunRequest.of(recipe),
            event -> {
              if (event instanceof RunEvent.StepStarted started && started.step().equals("wait")) {
                var id = hearth.surroundings().runs().list(1).getFirst().run();
                refused.complete(refusal(TakeUpRequest.resume(id)));
              }
            });
    var error = refused.get();
    live.stop();
    var run = live.await();
    assertThat(error.sentence())
        .isEqualTo(
            "Run %s is still running, in process %s."
                .formatted(run.run(), ProcessHandle.current().pid()));
  }

  @Test
  void what_other_runs_did_cannot_be_taken_up_from_another_folder() throws Exception {
    var first = run(THREE_STEPS);
    var journal = Path.of(shown(first).journal());
    var here = Path.of("").toAbsolutePath().toString();
    Files.writeString(
        journal, Files.readString(journal).replace("\"folder\":\"" + here, "\"folder\":\"/other"));
    assertThat(refusal(TakeUpRequest.resume(first.run())).hint())
        .isEqualTo("Type `cd '/other' && hearth resume " + first.run() + "`.");
  }

  @Test
  void a_simulated_world_that_was_not_kept_cannot_be_gone_on_in() throws Exception {
    var first = run(THREE_STEPS, RunRequest::simulated);
    assertThat(refusal(TakeUpRequest.resume(first.run())).id()).isEqualTo("run.world-gone");
  }

  @Test
  void a_damaged_journal_is_no_ground_to_go_on() throws Exception {
    var first = run(THREE_STEPS);
    var journal = Path.of(shown(first).journal());
    var lines = new ArrayList<>(Files.readAllLines(journal));
    lines.set(2, "{\"type\":");
    Files.write(journal, lines);
    assertThat(refusal(TakeUpRequest.resume(first.run())).id()).isEqualTo("run.journal-damaged");
    assertThat(new RunStore(journal.resolveSibling("../.."), Clock.system()).list(1)).hasSize(1);
  }

  private static final String IMPORTING =
      """
      import { ledger } from 'hearth:ledger';
      import { line } from './lib.js';
      export default async ({ step }) => {
        await step('one', () => ledger.add(line), { undo: () => ledger.remove(line) });
        const { more } = await import('./' + 'computed.js');
        await step('two', async () => {
          if (!(await ledger.lines()).includes('fuel')) throw new Error('no fuel');
          await ledger.add(more);
        });
      };
      """;

  private Path imported(String name, String text) throws Exception {
    return Files.writeString(recipe.resolveSibling(name), text);
  }

  private RunResult importing() throws Exception {
    imported("lib.js", "export const line = '1';");
    imported("computed.js", "export const more = '2';");
    return run(IMPORTING);
  }

  @Test
  void a_run_is_taken_up_with_the_files_that_it_imported_and_no_others() throws Exception {
    var first = importing();
    assertThat(first.status()).isEqualTo(Status.STOPPED);
    imported("lib.js", "export const line = '9';");
    for (var request :
        List.of(TakeUpRequest.resume(first.run()), TakeUpRequest.undo(first.run()))) {
      var refused = refusal(request);
      assertThat(refused.code()).isEqualTo(RunError.IMPORT_CHANGED);
      assertThat(refused.sentence())
          .isEqualTo(
              "What run %s imports is not as it was: `lib.js` has changed.".formatted(first.run()));
    }
    Files.delete(recipe.resolveSibling("computed.js"));
    assertThat(refusal(TakeUpRequest.resume(first.run())).sentence())
        .endsWith(": `computed.js` is gone, `lib.js` has changed.");

    var second = importing(); // brings both back
    fuel();
    assertThat(resume(first).status()).isEqualTo(Status.DONE);
    assertThat(ledger()).containsExactly("1", "1", "fuel", "2");
    assertThat(second.status()).isEqualTo(Status.STOPPED);
  }

  @Test
  void each_imported_file_stands_in_the_journal_once() throws Exception {
    var first = importing();
    var _ = resume(first);
    var journal = Path.of(shown(first).journal());
    assertThat(Files.readAllLines(journal))
        .filteredOn(line -> line.contains("\"imported\""))
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(".*\"file\":\".*(lib|computed).js\",\"sha256\":\"[0-9a-f]{64}\"}"));
  }
}
