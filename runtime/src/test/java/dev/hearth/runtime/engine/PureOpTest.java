package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pure operation: its value at once, its error thrown where it was called. */
class PureOpTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private String value(String expression) {
    var outcome =
        engine.run(
            "import { pure } from 'hearth:lab';\nexport default () => %s;".formatted(expression));
    assertThat(outcome.error()).isNull();
    return String.valueOf(outcome.value());
  }

  @Test
  void its_value_is_there_at_once_and_is_javascripts_own() {
    assertThat(
            value(
                """
                [
                  pure.repeat('a\\u0000\\ud800', { count: 2 }),
                  pure.lengths('one\\nthree').map((n) => n + 1),
                  Array.isArray(pure.lengths('x')),
                  pure.written('{"__proto__":{"a":1},"b":null}').b,
                  Object.keys(pure.written('{"__proto__":{"a":1}}')),
                  [...pure.reverse(new Uint8Array([1, 2, 3]).subarray(1))],
                  pure.reverse(new Uint8Array(1)) instanceof Uint8Array,
                  pure.nothing(),
                  pure.isEmpty(''),
                ]
                """))
        .isEqualTo(
            "[\"a\\u0000\ud800a\\u0000\ud800\",[4,6],true,null,[\"__proto__\"],[3,2],true,null,true]");
  }

  @Test
  void its_error_is_thrown_at_once_at_the_recipes_line() {
    var outcome =
        engine.run(
            """
            import { pure } from 'hearth:lab';
            export default () => {
              try { pure.fail('a'); } catch (e) {
                console.log(e.code, e.details.tried, e instanceof Error, e.stack.includes('recipe.js:3'));
              }
              return pure.fail('b');
            };
            """);
    assertThat(engine.printed).containsExactly("lab.not-there 3 true true");
    var error = requireNonNull(outcome.error());
    assertThat(error.code()).isEqualTo("lab.not-there");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(6);
    assertThat(requireNonNull(error.location()).column()).isEqualTo(15);
  }

  @Test
  void what_it_is_given_is_checked_as_every_operations_argument() {
    engine.run(
        """
        import { pure } from 'hearth:lab';
        const said = (work) => { try { return String(work()); } catch (e) { return e.message; } };
        export default () => {
          console.log(said(() => pure.repeat({ count: 2 })));
          console.log(said(() => pure.repeat('a', { count: 'x' })));
          console.log(said(() => pure.repeat('a', { cuont: 2 })));
          console.log(said(() => pure.lengths(5)));
          console.log(said(() => pure.reverse('text')));
          console.log(said(() => pure.impure()));
          console.log(said(() => pure.crash('x')));
        };
        """);
    assertThat(engine.printed)
        .containsExactly(
            "`lab.repeat` was called with a wrong argument: it takes a text.",
            "`lab.repeat` was called with a wrong argument: `count` takes a whole number.",
            "`lab.repeat` was called with a wrong argument: it has no option `cuont`.",
            "`lab.lengths` was called with a wrong argument: it takes a text.",
            "`lab.reverse` was called with a wrong argument: it takes bytes as a Uint8Array.",
            "Hearth itself failed inside `lab.impure`: this is a bug.",
            "Hearth itself failed inside `lab.crash`: this is a bug.");
  }

  @Test
  void text_and_answer_have_the_size_that_the_setting_allows() {
    engine.limits = new OpLimits(1, 1, 20);
    engine.run(
        """
        import { pure } from 'hearth:lab';
        const code = (work) => { try { return work().length; } catch (e) { return e.code; } };
        export default () => {
          console.log(code(() => pure.repeat('12345678901234567890', { count: 1 })));
          console.log(code(() => pure.repeat('123456789012345678901', { count: 1 })));
          console.log(code(() => pure.repeat('1234', { count: 6 })));
        };
        """);
    assertThat(engine.printed)
        .containsExactly("20", "limit.data-too-large", "limit.op-result-too-large");
  }

  @Test
  void a_stop_ends_one_that_computes_and_finally_blocks_run() {
    var outcome =
        engine.run(
            """
            import { pure } from 'hearth:lab';
            export default async () => {
              try {
                console.log('computing');
                pure.endless('x');
              } finally {
                console.log('cleaned ' + pure.repeat('up', { count: 1 }));
                await new Promise((resolve) => setTimeout(resolve, 20));
                console.log('slept');
              }
            };
            """,
            execution ->
                engine.onPrint =
                    text -> {
                      if (text.equals("computing")) {
                        execution.stop(new HearthException(EngineError.TIMED_OUT, "1s"));
                      }
                    });
    assertThat(engine.printed).containsExactly("computing", "cleaned up", "slept");
    var error = requireNonNull(outcome.error());
    assertThat(error.code()).isEqualTo("run.timed-out");
    assertThat(requireNonNull(error.location()).line()).isEqualTo(5);
  }

  @Test
  void a_stop_ends_a_recipe_that_computes_again_and_again() {
    var outcome =
        engine.run(
            """
            import { pure } from 'hearth:lab';
            export default () => {
              console.log('computing');
              for (;;) { try { pure.endless('x'); } catch (e) { console.log(e.code); pure.repeat('x', { count: 3 }); break; } }
              for (;;) pure.repeat('x', { count: 3 });
            };
            """,
            execution ->
                engine.onPrint =
                    text -> {
                      if (text.equals("computing")) {
                        execution.stop(new HearthException(EngineError.INTERRUPTED));
                      }
                    });
    assertThat(engine.printed).containsExactly("computing", "run.interrupted");
    assertThat(requireNonNull(outcome.error()).code()).isEqualTo("run.interrupted");
  }

  @Test
  void a_session_goes_on_after_an_interrupted_one() throws Exception {
    try (var session = engine.session()) {
      engine.onPrint = text -> Thread.ofVirtual().start(session::interrupt);
      var stopped =
          session.evaluate(
              "const { pure } = await import('hearth:lab'); console.log('go'); pure.endless('x')",
              "a");
      assertThat(requireNonNull(stopped.error()).code()).isEqualTo("run.interrupted");
      assertThat(session.evaluate("1 + 1", "b").text()).isEqualTo("2");
    }
  }

  @Test
  void recursion_that_ends_inside_of_one_is_javascripts_own_error() {
    assertThat(
            value(
                """
                (() => {
                  const dive = () => pure.lengths('x').length + dive();
                  try { return dive(); } catch (e) { return e.name; }
                })()
                """))
        .isEqualTo("\"RangeError\"");
  }
}
