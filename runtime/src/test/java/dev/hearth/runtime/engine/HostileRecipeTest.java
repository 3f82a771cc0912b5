package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes that return, throw and print what nobody should, each answered with a sentence. */
class HostileRecipeTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private ErrorReport error(String recipe) {
    return requireNonNull(engine.run(recipe).error(), "the run was expected to fail");
  }

  @Test
  void a_loop_that_swallows_its_stop_ends_with_the_reason_of_the_stop() {
    engine.grace = Duration.ofMillis(200);
    var outcome =
        engine.run(
            """
            export default async () => {
              console.log('looping');
              for (;;) { try { for (;;); } catch {} finally {} }
            };
            """,
            execution ->
                engine.onPrint =
                    _ -> execution.stop(new HearthException(EngineError.TIMED_OUT, "1s")));
    assertThat(requireNonNull(outcome.error()).code()).isEqualTo("run.timed-out");
  }

  @Test
  void a_generator_is_no_recipe() {
    assertThat(error("export default async function* () { yield 1; }").code())
        .isEqualTo("recipe.default-is-a-generator");
    assertThat(error("export default function* () {}").hint())
        .isEqualTo("Write `export default async function` without the `*`.");
  }

  @Test
  void whatever_is_logged_beside_a_message_is_logged_and_ends_no_run() {
    var outcome =
        engine.run(
            """
            export default ({ log }) => {
              const ring = { name: 'ring' };
              ring.self = ring;
              log.info('ring', ring);
              log.info('big', { n: 10n });
              log.info('list', [1, 2]);
              log.info('number', 7);
              log.info('nothing', undefined);
            };
            """);
    assertThat(outcome.error()).isNull();
    assertThat(engine.logged)
        .containsExactly(
            "info ring {\"fields\":\"{ name: 'ring', self: [Circular] }\"}",
            "info big {\"fields\":\"{ n: 10n }\"}",
            "info list {\"fields\":[1,2]}",
            "info number {\"fields\":7}",
            "info nothing {}");
  }

  @Test
  void a_text_longer_than_any_parsers_default_is_a_result_where_the_limit_allows_it() {
    engine.limits = new OpLimits(4, 10, 100_000_000);
    var outcome = engine.run("export default () => 'x'.repeat(21_000_000);");
    assertThat(outcome.error()).isNull();
    assertThat(requireNonNull(outcome.value()).asText()).hasSize(21_000_000);
  }

  @Test
  void a_result_nested_deeply_is_data_or_an_error_and_never_a_bug() {
    for (int depth : List.of(1_500, 1_999, 3_000)) {
      var outcome =
          engine.run(
              "export default () => { let a = {}; for (let i = 1; i < %d; i++) a = { a }; return a; };"
                  .formatted(depth));
      var error = outcome.error();
      assertThat(error == null ? ErrorKind.RECIPE : error.kind()).isEqualTo(ErrorKind.RECIPE);
    }
  }

  @Test
  void a_function_or_a_symbol_is_no_result() {
    for (var result : List.of("() => 1", "Symbol('x')")) {
      assertThat(error("export default () => (%s);".formatted(result)).message())
          .isEqualTo(
              "What the recipe returned is not JSON: a function or a symbol has no such form.");
    }
  }

  @Test
  void a_steps_result_that_is_not_json_fails_at_the_step_and_is_given_to_its_undo() {
    var outcome =
        engine.run(
            """
            export default async ({ step }) => {
              await step('make', () => { const it = { id: 7 }; it.self = it; return it; }, {
                undo: (it) => console.log('unmade ' + it.id),
              });
            };
            """,
            execution -> {},
            List.of("make"));
    var error = requireNonNull(outcome.error());
    assertThat(error.code()).isEqualTo("recipe.step-result-not-json");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(2);
    assertThat(engine.steps)
        .containsExactly(
            "began make (undo)",
            "unrecorded make: The result of step `make` is not JSON: TypeError: Converting circular"
                + " structure to JSON");
    assertThat(engine.printed).containsExactly("unmade 7");
  }

  @Test
  void getters_that_throw_do_not_hide_the_error_they_belong_to() {
    var error =
        error(
            """
            export default () => {
              const e = new Error('mine');
              Object.defineProperty(e, 'cause', { get() { throw new Error('evil'); } });
              throw e;
            };
            """);
    assertThat(error.message()).isEqualTo("mine");
  }

  @Test
  void broken_json_is_named() {
    engine.file("bad.json", "{ \"a\": 1, ");
    var error = error("import x from './bad.json' with { type: 'json' }; export default () => x;");
    assertThat(error.code()).isEqualTo("recipe.syntax");
    assertThat(error.message()).startsWith("`bad.json` is not JSON: ");
  }

  @Test
  void console_prints_whatever_it_is_given() {
    var outcome =
        engine.run(
            """
            export default () => {
              const { proxy, revoke } = Proxy.revocable({}, {});
              revoke();
              console.log('%d %i %f', Symbol('a'), {}, '1.5x');
              console.log('%j', { n: 10n });
              console.log(proxy, [proxy], Symbol('s'), 10n, Object.create(null));
            };
            """);
    assertThat(outcome.error()).isNull();
    assertThat(engine.printed)
        .containsExactly(
            "NaN NaN 1.5",
            "{ n: 10n }",
            "[Revoked proxy] [ [Revoked proxy] ] Symbol(s) 10n [Object: null prototype] {}");
  }
}
