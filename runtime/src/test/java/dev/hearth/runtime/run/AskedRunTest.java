package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.run.FailurePrompt.Answer;
import dev.hearth.runtime.run.FailurePrompt.Question;
import dev.hearth.runtime.run.ledger.LedgerBinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail, and somebody who is asked what becomes of them. */
class AskedRunTest {
  private static final String NEEDS_FUEL =
      """
      import { ledger } from 'hearth:ledger';
      export const recipe = { onError: 'ask' };
      export default async ({ step }) => {
        const one = await step('one', () => ledger.add('1'), { undo: (line) => ledger.remove(line) });
        await step('two', async () => {
          if (!(await ledger.lines()).includes('fuel')) throw new Error('no fuel');
          await ledger.add('2');
        }, { undo: () => ledger.remove('2') });
        return one;
      };
      """;

  private final Path temp;
  private final Path file;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private FailurePrompt person = question -> Answer.STOP;

  AskedRunTest(@TempDir Path temp) {
    this.temp = temp;
    file = temp.resolve("ledger");
  }

  private Hearth.Builder builder() {
    return Hearth.builder()
        .home(temp.resolve("home"))
        .bindings(List.of(new LedgerBinding(file, () -> {})))
        .environment(name -> Optional.empty());
  }

  private Hearth hearth() {
    return builder()
        .failurePrompt(
            question -> {
              questions.add(question);
              return person.ask(question);
            })
        .build();
  }

  private RunRequest request(String text) throws Exception {
    return RunRequest.of(Files.writeString(temp.resolve("recipe.js"), text));
  }

  private RunResult run(String text) throws Exception {
    return hearth().run(request(text), events::add);
  }

  private List<String> ledger() {
    return LedgerBinding.lines(file);
  }

  private void fuel() throws Exception {
    Files.writeString(file, String.join("\n", ledger()) + "\nfuel\n");
  }

  private RunDetails shown(RunResult run) {
    return hearth().surroundings().runs().show(run.run());
  }

  private List<String> types() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  @Test
  void the_question_tells_what_can_be_undone_and_what_failed() throws Exception {
    var result = run(NEEDS_FUEL);
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(ledger()).containsExactly("1");
    assertThat(questions)
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.run()).isEqualTo(result.run());
              assertThat(question.error().message()).isEqualTo("no fuel");
              assertThat(question.undoable()).containsExactly("one");
              assertThat(question.failed()).containsExactly("two");
              assertThat(question.answers()).containsExactlyInAnyOrder(Answer.values());
            });
    assertThat(types())
        .containsExactly(
            "Started",
            "StepStarted",
            "StepFinished",
            "StepStarted",
            "StepFinished",
            "Asking",
            "Finished");
  }

  @Test
  void undo_takes_back_what_was_done() throws Exception {
    person = question -> Answer.UNDO;
    var result = run(NEEDS_FUEL);
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(ledger()).isEmpty();
    assertThat(shown(result).summary().state()).isEqualTo(RunState.UNDONE);
  }

  @Test
  void retry_goes_on_with_the_failed_step_and_does_no_other_again() throws Exception {
    person =
        question -> {
          try {
            fuel();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return Answer.RETRY;
        };
    var result = run(NEEDS_FUEL);
    assertThat(result.error()).isNull();
    assertThat(result.value()).isEqualTo(RunFixture.json("\"1\""));
    assertThat(ledger()).containsExactly("1", "fuel", "2");
    assertThat(types())
        .endsWith("Asking", "TakenUp", "StepPassed", "StepStarted", "StepFinished", "Finished");
    var shown = shown(result);
    assertThat(shown.summary().state()).isEqualTo(RunState.DONE);
    assertThat(shown.problems()).isEmpty();
  }

  @Test
  void what_was_done_in_two_passages_is_undone_as_one() throws Exception {
    person =
        question -> {
          if (questions.size() > 1) {
            return Answer.UNDO;
          }
          try {
            fuel();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return Answer.RETRY;
        };
    var result =
        run(
            NEEDS_FUEL.replace(
                "return one;", "await step('three', () => { throw new Error('no oil'); });"));
    assertThat(questions).extracting(Question::undoable).last().isEqualTo(List.of("two", "one"));
    assertThat(result.error()).extracting(ErrorReport::message).isEqualTo("no oil");
    assertThat(ledger()).containsExactly("fuel");
  }

  @Test
  void a_failure_that_the_recipe_handles_is_not_asked_about() throws Exception {
    var result =
        run(
            """
            export const recipe = { onError: 'ask' };
            export default async ({ step }) => {
              try {
                await step('one', () => { throw new Error('expected'); });
              } catch {}
            };
            """);
    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(questions).isEmpty();
  }

  @Test
  void a_step_that_was_cut_off_leaves_no_sound_retry() throws Exception {
    var result =
        run(
            """
            import { ledger } from 'hearth:ledger';
            export const recipe = { onError: 'ask' };
            export default ({ step }) => Promise.all([
              step('waits', () => new Promise((resolve) => setTimeout(resolve, 60_000)), { undo: () => {} }),
              step('fails', () => { throw new Error('no fuel'); }),
            ]);
            """);
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(questions)
        .singleElement()
        .satisfies(
            question ->
                assertThat(question.answers()).containsExactlyInAnyOrder(Answer.STOP, Answer.UNDO));
  }

  @Test
  void where_stopping_is_all_that_can_be_done_nobody_is_asked() throws Exception {
    var result =
        run(
            """
            export const recipe = { onError: 'ask' };
            export default () => fetch('http://127.0.0.1:9/');
            """);
    assertThat(result.exitStatus()).isEqualTo(3);
    assertThat(questions).isEmpty();
  }

  @Test
  void a_stop_while_the_question_stands_is_an_answer() throws Exception {
    var asked = new CountDownLatch(1);
    person =
        question -> {
          asked.countDown();
          new CountDownLatch(1).await(); // somebody who went for a coffee
          return Answer.UNDO;
        };
    LiveRun run = hearth().start(request(NEEDS_FUEL), events::add);
    asked.await();
    run.stop();
    var result = run.await();
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(ledger()).containsExactly("1");
  }

  @Test
  void who_stopped_the_run_is_not_asked() throws Exception {
    var begun = new CountDownLatch(1);
    var run =
        hearth()
            .start(
                request(
                    """
                    export const recipe = { onError: 'ask' };
                    export default ({ step }) => step('waits', () => new Promise((r) => setTimeout(r, 60_000)));
                    """),
                event -> {
                  if (event instanceof RunEvent.StepStarted) {
                    begun.countDown();
                  }
                });
    begun.await();
    run.stop();
    assertThat(run.await().exitStatus()).isEqualTo(130);
    assertThat(questions).isEmpty();
  }

  @Test
  void where_nobody_can_be_asked_it_stops_and_says_so() throws Exception {
    var result = builder().build().run(request(NEEDS_FUEL), events::add);
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(events)
        .filteredOn(RunEvent.Logged.class::isInstance)
        .extracting(event -> ((RunEvent.Logged) event).message())
        .containsExactly("Nobody can be asked what becomes of this run, so it stops.");
  }

  @Test
  void a_question_that_fails_is_a_stop_that_says_why() throws Exception {
    person =
        question -> {
          throw new HearthException(RunError.NOT_FOUND, "the person");
        };
    var result = run(NEEDS_FUEL);
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(shown(result).log())
        .extracting(RunDetails.LogLine::message)
        .containsExactly(
            "Nobody can be asked what becomes of this run: There is no run `the person`.");
  }

  @Test
  void the_request_decides_against_the_recipe() throws Exception {
    var result = hearth().run(request(NEEDS_FUEL).onError(OnError.UNDO), events::add);
    assertThat(questions).isEmpty();
    assertThat(ledger()).isEmpty();
    assertThat(result.exitStatus()).isEqualTo(1);
  }

  @Test
  void a_retry_meets_the_code_that_the_run_began_with() throws Exception {
    var lib = Files.writeString(temp.resolve("lib.js"), "export const x = 1;");
    person =
        question -> {
          try {
            Files.writeString(lib, "export const x = 2;");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return questions.size() == 1 ? Answer.RETRY : Answer.STOP;
        };
    var result = run("import { x } from './lib.js';\n" + NEEDS_FUEL);
    assertThat(result.error()).extracting(ErrorReport::code).isEqualTo("run.import-changed");
    assertThat(ledger()).containsExactly("1");
  }

  @Test
  void a_simulated_run_can_be_retried_as_its_world_is_still_there() throws Exception {
    person = question -> questions.size() == 1 ? Answer.RETRY : Answer.STOP;
    var result = hearth().run(request(NEEDS_FUEL).simulated(), events::add);
    assertThat(result.exitStatus()).isEqualTo(11);
    assertThat(questions).hasSize(2);
    assertThat(ledger()).containsExactly("1");
  }
}
