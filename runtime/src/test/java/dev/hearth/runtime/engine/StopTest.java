package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop reaches what waits on no operation: steps, sleeps, promises that nobody settles. */
class StopTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private RecipeExecution.Outcome runAndStopWhenPrinted(String line, String recipe) {
    return engine.run(recipe, stopWhenPrinted(line));
  }

  private Consumer<RecipeExecution> stopWhenPrinted(String line) {
    return execution ->
        engine.onPrint =
            text -> {
              if (text.equals(line)) {
                execution.stop(new HearthException(EngineError.INTERRUPTED));
              }
            };
  }

  private static ErrorReport error(RecipeExecution.Outcome outcome) {
    return requireNonNull(outcome.error(), "the run was expected to fail");
  }

  @Test
  void a_step_that_waits_for_a_promise_that_never_settles_is_rejected_and_finally_blocks_run() {
    var outcome =
        runAndStopWhenPrinted(
            "waiting",
            """
            import { echo, call } from 'hearth:lab';
            export default async ({ step }) => {
              const other = call('block').catch(() => {});
              try {
                await step('wait', () => { console.log('waiting'); return new Promise(() => {}); });
              } finally {
                console.log('cleaned ' + (await echo('up')));
              }
            };
            """);
    assertThat(engine.printed).containsExactly("waiting", "cleaned up");
    assertThat(error(outcome).code()).isEqualTo("run.interrupted");
    assertThat(requireNonNull(error(outcome).location()).line()).isEqualTo(5);
  }

  @Test
  void a_step_that_waits_for_a_timer_of_its_own_is_rejected_at_once() {
    var outcome =
        runAndStopWhenPrinted(
            "waiting",
            """
            export default async ({ step }) => {
              try {
                await step('wait', () => new Promise((resolve) => {
                  console.log('waiting');
                  setTimeout(() => resolve('late'), 3_600_000);
                }));
              } finally {
                console.log('cleaned');
              }
            };
            """);
    assertThat(engine.printed).containsExactly("waiting", "cleaned");
    assertThat(error(outcome).code()).isEqualTo("run.interrupted");
  }

  @Test
  void finally_blocks_inside_of_a_step_run_before_those_outside() {
    runAndStopWhenPrinted(
        "waiting",
        """
        import { echo, call } from 'hearth:lab';
        export default async ({ step }) => {
          try {
            await step('wait', async () => {
              try { console.log('waiting'); await call('block'); }
              finally { console.log(await echo('inside')); }
            });
          } finally {
            console.log(await echo('outside'));
          }
        };
        """);
    assertThat(engine.printed).containsExactly("waiting", "inside", "outside");
  }

  @Test
  void steps_in_steps_are_rejected_from_the_innermost_outwards() {
    runAndStopWhenPrinted(
        "waiting",
        """
        import { echo, call } from 'hearth:lab';
        export default async ({ step }) => {
          setTimeout(() => console.log('waiting'), 1);
          try {
            await step('outer', async () => {
              try { await step('inner', () => new Promise(() => {})); }
              finally { console.log(await echo('inner')); }
            });
          } finally {
            console.log(await echo('outer'));
          }
        };
        """);
    assertThat(engine.printed).containsExactly("waiting", "inner", "outer");
    assertThat(engine.steps)
        .containsExactly(
            "began outer",
            "began inner",
            "failed inner: The run was interrupted.",
            "failed outer: The run was interrupted.");
  }

  @Test
  void a_sleep_outside_of_steps_is_rejected_where_it_is_awaited() {
    var outcome =
        runAndStopWhenPrinted(
            "sleeping",
            """
            import { echo } from 'hearth:lab';
            const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
            export default async () => {
              try {
                console.log('sleeping');
                await sleep(3_600_000);
                console.log('never');
              } catch (e) {
                console.log(e.code + ' ' + ('then' in e));
                throw e;
              } finally {
                console.log('cleaned ' + (await echo('up')));
              }
            };
            """);
    assertThat(engine.printed).containsExactly("sleeping", "run.interrupted false", "cleaned up");
    assertThat(error(outcome).code()).isEqualTo("run.interrupted");
  }

  @Test
  void a_timer_that_would_reject_a_promise_rejects_it_with_the_reason() {
    runAndStopWhenPrinted(
        "racing",
        """
        export default async () => {
          const limit = new Promise((_, reject) => setTimeout(reject, 3_600_000, new Error('mine')));
          try {
            console.log('racing');
            await Promise.race([new Promise(() => {}), limit]);
          } catch (e) { console.log(e.code); }
        };
        """);
    assertThat(engine.printed).containsExactly("racing", "run.interrupted");
  }

  @Test
  void a_timer_with_code_of_its_own_does_not_run_after_a_stop() {
    var outcome =
        runAndStopWhenPrinted(
            "waiting",
            """
            export default async () => {
              setTimeout(() => console.log('deployed'), 3_600_000);
              setInterval(() => console.log('again'), 3_600_000);
              console.log('waiting');
              await new Promise(() => {});
            };
            """);
    assertThat(engine.printed).containsExactly("waiting");
    assertThat(error(outcome).code()).isEqualTo("run.interrupted");
  }

  @Test
  void an_interval_without_delay_does_not_keep_the_stop_or_operations_waiting() {
    var outcome =
        runAndStopWhenPrinted(
            "answered",
            """
            import { echo } from 'hearth:lab';
            export default async () => {
              setInterval(() => {}, 0);
              console.log(await echo('answered'));
              await new Promise(() => {});
            };
            """);
    assertThat(error(outcome).code()).isEqualTo("run.interrupted");
  }

  @Test
  void finally_blocks_may_sleep() {
    runAndStopWhenPrinted(
        "waiting",
        """
        export default async ({ step }) => {
          const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
          try { console.log('waiting'); await sleep(3_600_000); }
          finally { await sleep(5); console.log('slept'); }
        };
        """);
    assertThat(engine.printed).containsExactly("waiting", "slept");
  }

  @Test
  void no_step_begins_after_a_stop() {
    var outcome =
        runAndStopWhenPrinted(
            "waiting",
            """
            export default async ({ step }) => {
              try {
                await step('one', () => { console.log('waiting'); return new Promise(() => {}); });
              } catch { /* a recipe that does not want to stop */ }
              await step('two', () => console.log('went on'));
            };
            """);
    assertThat(engine.printed).containsExactly("waiting");
    assertThat(engine.steps).containsExactly("began one", "failed one: The run was interrupted.");
    assertThat(error(outcome).code()).isEqualTo("run.interrupted");
    assertThat(requireNonNull(error(outcome).location()).line()).isEqualTo(5);
  }

  @Test
  void without_a_stop_a_step_that_can_never_end_fails_at_its_line_and_finally_blocks_run() {
    var outcome =
        engine.run(
            """
            export default async ({ step }) => {
              try {
                await step('wait', () => new Promise(() => {}));
              } finally { console.log('cleaned'); }
            };
            """);
    assertThat(engine.printed).containsExactly("cleaned");
    assertThat(error(outcome).code()).isEqualTo("recipe.never-settles");
    assertThat(requireNonNull(error(outcome).location()).line()).isEqualTo(3);
  }
}
