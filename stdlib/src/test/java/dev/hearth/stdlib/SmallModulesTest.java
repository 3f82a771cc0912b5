package dev.hearth.stdlib;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:log}, {@code hearth:time}, {@code hearth:assert} and the run around them. */
class SmallModulesTest {
  private final Path folder;
  private final RecipeTester tester;

  SmallModulesTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private RunResult run(String recipe) throws IOException, InterruptedException {
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe),
        request -> request.onError(OnError.UNDO));
  }

  @Test
  void log_writes_what_a_recipes_own_log_writes() throws Exception {
    var result =
        run(
            """
            import { log } from 'hearth:log';
            export default (context) => {
              log.info('one', { n: 1 });
              context.log.warn({ two: 2 });
              return log === context.log;
            };
            """);
    assertThat(result.value()).hasToString("true");
    assertThat(tester.log()).containsExactly("info one", "warn { two: 2 }");
  }

  @Test
  void time_sleeps_formats_and_refuses_bare_numbers() throws Exception {
    var result =
        run(
            """
            import { sleep, now, milliseconds, format } from 'hearth:time';
            export default async () => {
              const before = await now();
              await sleep('5ms');
              let refused;
              try { await sleep(5); } catch (e) { refused = e.code; }
              return [before < (await now()), milliseconds('1.5s'), format(200_000), refused];
            };
            """);
    assertThat(result.value()).hasToString("[true,1500,\"3m20s\",\"recipe.op-argument\"]");
  }

  @Test
  void the_time_of_day_has_milliseconds() throws Exception {
    var result = run("import { now } from 'hearth:time'; export default () => now();");
    assertThat(requireNonNull(result.value()).asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }

  @Test
  void assert_fails_with_a_code_at_its_line() throws Exception {
    var result =
        run(
            """
            import { assert } from 'hearth:assert';
            export default async () => {
              assert.equal({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] });
              assert.throws(() => assert(false), 'assert.failed');
              await assert.rejects(Promise.reject(new TypeError('x')), TypeError);
              assert.equal({ a: 1 }, { a: 2 });
            };
            """);
    assertThat(tester.error())
        .isEqualTo(
            """
            error: { a: 1 } is not { a: 2 }.                                assert.not-equal
              at recipe.js:6:10
                 6 |   assert.equal({ a: 1 }, { a: 2 });
                   |          ^
              hint: The recipe assumes this; see its line for why.
            """);
    assertThat(result.exitStatus()).isEqualTo(1);
  }

  @Test
  void a_failed_run_undoes_its_steps_and_is_in_the_journal() throws Exception {
    var result =
        run(
            """
            export default async ({ step, log }) => {
              await step('first', () => 1, { undo: (n) => log.info(`undone ${n}`) });
              await step('second', () => 2, { undo: (n) => log.info(`undone ${n}`) });
              throw new Error('third is missing');
            };
            """);
    assertThat(tester.log()).containsExactly("info undone 2", "info undone 1");
    assertThat(result.exitStatus()).isEqualTo(1);
    var details = tester.hearth().surroundings().runs().show(result.run());
    assertThat(details.steps()).extracting(step -> step.state().name()).containsOnly("UNDONE");
  }

  @Test
  void parameters_are_settled_before_anything_runs() throws Exception {
    var recipe =
        Files.writeString(
            folder.resolve("greet.js"),
            """
            export const recipe = {
              summary: 'Greets',
              params: {
                name: { type: 'string', summary: 'who' },
                times: { type: 'integer', minimum: 1, default: 2 },
                password: { type: 'string', secret: true },
              },
            };
            export default ({ params, log }) => {
              log.info(`${params.password} is the password`);
              return `hello ${params.name} `.repeat(params.times);
            };
            """);
    var result =
        tester.run(recipe, request -> request.param("name", "you").param("password", "hunter22"));
    assertThat(result.value()).hasToString("\"hello you hello you \"");
    assertThat(tester.log()).containsExactly("info *** is the password");
  }
}
